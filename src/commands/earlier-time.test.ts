import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolder, type TemporaryFolder } from '../../test/support/folder.js';
import { recordOf, store } from '../../test/support/stored-run.js';
import { earlierTime } from './earlier-time.js';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => folder.remove());

async function tookSeconds(
  day: number,
  seconds: number,
  changes: Parameters<typeof recordOf>[0] = {},
): Promise<void> {
  const startedAt = `2026-11-0${day}T10:00:00.000Z`;
  const finishedAt = new Date(Date.parse(startedAt) + seconds * 1000).toISOString();
  await store(folder.path, recordOf({ startedAt, finishedAt, ...changes }));
}

it('is the median of the same command, whatever its seed', async () => {
  await tookSeconds(1, 30);
  await tookSeconds(2, 50, { command: ['run', 'kata-4', '--seed', '7'] });
  await tookSeconds(3, 40, { command: ['run', 'kata-4', '--json'] });
  await tookSeconds(4, 400, { command: ['run', 'kata-4', '--buyers', '9000'] });
  await tookSeconds(5, 2, { outcome: 'interrupted' });
  expect(await earlierTime(folder.path, 'kata-4', ['run', 'kata-4'])).toBe(40_000);
});

it('is not known where no such run came to its end', async () => {
  expect(await earlierTime(folder.path, 'kata-4', ['run', 'kata-4'])).toBeUndefined();
  await tookSeconds(1, 30, { outcome: 'error' });
  expect(await earlierTime(folder.path, 'kata-4', ['run', 'kata-4'])).toBeUndefined();
});
