import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { logLinesOf } from './log-lines.js';
import type { StoredLetter } from './stored.js';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'plan-logs-'));
  const logs = path.join(root, 'results', 'logs');
  await mkdir(logs, { recursive: true });
  await writeFile(path.join(logs, 'naive.log'), 'began\nm-1 failed\nm-12 failed\n');
  await writeFile(path.join(logs, 'naive.order.log'), 'order took m-1\n');
  await writeFile(path.join(logs, 'naive.payment.log'), 'payment\nm-1: declined\n');
  await writeFile(path.join(logs, 'naive-2.log'), 'm-1\n');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const letter = (id: string, slug: string, folder = 'results'): StoredLetter =>
  ({ id, origin: { folder, slug } }) as StoredLetter;

it('finds the lines that name a message, in the log of each role', async () => {
  expect(await logLinesOf(root, letter('m-1', 'naive'))).toEqual([
    { line: 2, text: 'm-1 failed' },
    { line: 1, text: 'order took m-1', role: 'order' },
    { line: 2, text: 'm-1: declined', role: 'payment' },
  ]);
});

it('finds nothing of a message without an id, or where the logs are gone', async () => {
  expect(await logLinesOf(root, letter('', 'naive'))).toEqual([]);
  expect(await logLinesOf(root, letter('m-1', 'naive', 'gone'))).toEqual([]);
});
