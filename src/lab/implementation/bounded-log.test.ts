import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeFolder, type TemporaryFolder } from '../../../test/support/folder.js';
import { until } from '../../../test/support/processes.js';
import { BoundedLog } from './bounded-log.js';
import { startProgram } from './start.js';

const mebibyte = 1024 ** 2;
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeFolder();
  vi.stubEnv('XDG_STATE_HOME', folder.path);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

describe('a bounded log', () => {
  it('leaves a short one as it is', async () => {
    const file = await folder.write('short.log', 'a\nb\n');
    expect(new BoundedLog(file).end()).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('a\nb\n');
  });

  it('keeps beginning and end, and counts what was left out, however often it cuts', async () => {
    const file = await folder.write('long.log', 'a'.repeat(99) + '\n');
    // At its end, as programs do: who reads it and writes it anew brings back what was cut meanwhile.
    const append = (line: string): void => appendFileSync(file, `${line}\n`);
    const limits = { mostBytes: 300, keptBytes: 100, lookMs: 5 };
    const bounded = new BoundedLog(file, limits);
    for (const round of ['b', 'c']) {
      append(round.repeat(400));
      append(round);
      await until('it is cut', () => statSync(file).size <= 300);
    }
    const leftOut = bounded.end();
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines[0]).toBe('a'.repeat(99));
    expect(lines.at(-2)).toBe('c');
    expect(lines.filter((line) => line.startsWith('…'))).toHaveLength(1);
    expect(leftOut).toBeGreaterThanOrEqual(2 * 400 - 2 * 100);
    expect(leftOut).toBeLessThanOrEqual(2 * 402);
  });

  it('bounds what a program and its twin write as fast as they can', async () => {
    const file = path.join(folder.path, 'flood.log');
    const source = await folder.write(
      'flood.mjs',
      `import { createServer } from 'node:http';
       import { writeFileSync, writeSync } from 'node:fs';
       const line = 'x'.repeat(1023) + '\\n';
       createServer((_, response) => response.end()).listen(Number(process.env.PORT), '127.0.0.1', () => {
         let left = 100 * 1024;
         const write = () => {
           for (let n = 0; n < 1024 && left > 0; n += 1, left -= 1) writeSync(1, line);
           if (left > 0) setImmediate(write);
           else writeFileSync('said-' + process.env.PORT, '');
         };
         setTimeout(write, 50);
       });`,
    );
    const bounded = new BoundedLog(file);
    const built = {
      ...{ command: [process.execPath, source], cwd: folder.path, env: {}, runtime: '' },
      language: 'node' as const,
    };
    const { signal } = new AbortController();
    const started = [1, 2].map(() => startProgram(built, { env: {}, logFile: file, signal }));
    const programs = (await Promise.all(started)).flatMap((one) =>
      one.healthy ? [one.program] : [],
    );
    expect(programs).toHaveLength(2);
    let largest = 0;
    const haveSaidAll = (): boolean => {
      largest = Math.max(largest, statSync(file).size);
      return programs.every(({ port }) => existsSync(path.join(folder.path, `said-${port}`)));
    };
    await until('both have said all', haveSaidAll, 60_000);
    await Promise.all(programs.map((program) => program.kill()));
    const leftOut = bounded.end();
    expect(leftOut).toBeGreaterThan(100 * mebibyte);
    expect(statSync(file).size).toBeLessThanOrEqual(16 * mebibyte);
    expect(largest).toBeLessThan(150 * mebibyte);
  });
});
