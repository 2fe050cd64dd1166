import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeDesk, type Desk } from './support/cli.js';

let desk: Desk;

beforeEach(async () => {
  desk = await makeDesk();
});

afterEach(() => desk.remove());

/** As much as a client takes, whatever it asked for. */
const endless = `
import { createServer } from 'node:http';
const part = Buffer.alloc(2 ** 20, 'x');
createServer((request, response) => {
  if (request.url === '/health') return response.end();
  let left = 512;
  const go = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(part)) return response.once('drain', go);
    }
    response.end();
  };
  response.on('error', () => undefined).writeHead(201);
  go();
}).listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
`;

it.runIf(process.platform === 'linux')(
  'answers of any length cost the lab little memory, and are told',
  async () => {
    const mine = path.join(desk.folder, 'mine');
    await mkdir(mine);
    await writeFile(path.join(mine, 'index.mjs'), endless);
    const run = desk.start(
      ...['run', 'kata-0', '--impl', './mine', '--strategy', 'database', '--orders', '4', '--json'],
    );
    let peakKib = 0;
    const looking = setInterval(() => {
      void readFile(`/proc/${run.pid}/status`, 'utf8').then(
        (status) => (peakKib = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? peakKib)),
        () => undefined,
      );
    }, 50);
    const { exitCode, stdout } = await run.finished;
    clearInterval(looking);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('body-too-large: more than 1048576 bytes');
    expect(peakKib).toBeGreaterThan(0);
    expect(peakKib).toBeLessThan(450 * 1024);
  },
);
