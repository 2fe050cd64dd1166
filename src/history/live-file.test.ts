import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveFile } from './live-file.js';
import { Recorder } from './recorder.js';

let folder: string;
let file: string;
let recorder: Recorder;
let live: LiveFile;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'plan-live-'));
  file = path.join(folder, 'live.jsonl');
  recorder = new Recorder(3);
  live = LiveFile.follow(file, recorder);
});

afterEach(async () => {
  live.end();
  await rm(folder, { recursive: true });
});

const linesOf = async (of: string): Promise<unknown[]> =>
  (await readFile(of, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

const ask = { f: 'buy', process: 1, asked: { sku: 'a' } };

describe('the history on disk while a case goes on', () => {
  it('has a note at once, and what came before it', async () => {
    recorder.invoke(ask);
    recorder.note('fault', { n: 1 });
    await turn();
    expect(await linesOf(file)).toEqual(recorder.events);
  });

  it('has a request without its answer within moments', async () => {
    recorder.invoke(ask);
    expect(await linesOf(file)).toEqual([]);
    await vi.waitFor(async () => expect(await linesOf(file)).toEqual(recorder.events), 10_000);
  });

  it('is put behind what other cases came to, whole and in order', async () => {
    const history = path.join(folder, 'history.jsonl');
    await writeFile(history, '{"case":0}\n');
    for (let n = 0; n < 500; n += 1) recorder.invoke(ask).complete({ outcome: 'ok', value: { n } });
    await live.moveBehind(history);
    expect(live.lines).toBe(1_000);
    expect(await linesOf(history)).toEqual([{ case: 0 }, ...recorder.events]);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it('takes nothing more once it has ended, whoever has its descriptor now', async () => {
    live.end();
    const other = path.join(folder, 'other');
    const descriptor = openSync(other, 'w');
    recorder.note('late', {});
    await turn();
    closeSync(descriptor);
    expect(live.lines).toBe(0);
    expect(await readFile(other, 'utf8')).toBe('');
  });
});
