import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesAbout } from './lines-about.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'plan-lines-'));
  await mkdir(path.join(folder, 'logs'));
  await writeFile(path.join(folder, 'logs', 'full.api.log'), 'took r-1\ntook r-12\n{"id":"r-1"}\n');
  await writeFile(path.join(folder, 'logs', 'full.log'), 'r-1 (a+b)\n');
  await writeFile(path.join(folder, 'logs', 'full-2.api.log'), 'r-1 of another case\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('lines about a request', () => {
  it('name it as a whole, in the logs of its case', async () => {
    expect(await linesAbout(folder, 'full', ['r-1'])).toEqual([
      { role: 'api', text: 'took r-1' },
      { role: 'api', text: '{"id":"r-1"}' },
      { role: '', text: 'r-1 (a+b)' },
    ]);
    expect(await linesAbout(folder, 'full', ['(a+b)'])).toHaveLength(1);
  });

  it('are none where no log is', async () => {
    expect(await linesAbout(path.join(folder, 'nowhere'), 'full', ['r-1'])).toEqual([]);
  });
});
