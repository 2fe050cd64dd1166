import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunRecord } from '../../kata/run-record.js';
import { readRun, RunFolder } from './folder.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'plan-archive-'));
});

afterEach(() => rm(root, { recursive: true }));

async function finished(at: string): Promise<string> {
  const folder = await RunFolder.create(root, 'kata-0', new Date(at));
  const record = { schema: 2, kata: 'kata-0', cases: [{}], outcome: 'as-expected' };
  await folder.finish(record as unknown as RunRecord);
  return folder.path;
}

it('names the newest finished run', async () => {
  await finished('2026-11-01T10:00:00Z');
  const second = await finished('2026-11-01T10:00:01Z');
  const latest = path.join(root, 'results', 'kata-0', 'latest');
  expect((await readRun(latest)).folder).toBe(second);
});

it('finishes a run also where no link can be made, and finds the newest none the less', async () => {
  const parent = path.join(root, 'results', 'kata-0');
  const latest = path.join(parent, 'latest');
  // No link takes the place of a folder, for root neither.
  await mkdir(latest, { recursive: true });
  await writeFile(path.join(latest, 'x'), '');
  await finished('2026-11-01T10:00:09Z');
  const newest = await finished('2026-11-01T10:00:10Z');
  expect((await readdir(parent)).filter((name) => name.startsWith('.'))).toEqual([]);
  await rm(latest, { recursive: true });
  expect((await readRun(latest)).folder).toBe(newest);
});
