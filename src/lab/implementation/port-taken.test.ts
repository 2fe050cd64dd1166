import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeFolder, type TemporaryFolder } from '../../../test/support/folder.js';
import { until } from '../../../test/support/processes.js';
import { startProgram } from './start.js';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeFolder();
  vi.stubEnv('XDG_STATE_HOME', path.join(folder.path, 'state'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

/** Tells its port, and listens there only once somebody else does; the second time at once. */
const program = `
  import { existsSync, renameSync, writeFileSync } from 'node:fs';
  import { createServer } from 'node:http';
  if (!existsSync('told')) {
    writeFileSync('told.part', process.env.PORT);
    renameSync('told.part', 'told');
    while (!existsSync('taken')) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  process.on('SIGTERM', () => process.exit(0));
  createServer((_, response) => response.end()).listen(Number(process.env.PORT), '127.0.0.1');
`;

it('gives a program another port where somebody else took its own, and starts it again', async () => {
  const file = await folder.write('program.mjs', program);
  const command = [process.execPath, file];
  const started = startProgram(
    { command, cwd: folder.path, env: {}, runtime: 'Node', language: 'node' },
    { env: {}, logFile: path.join(folder.path, 'log'), signal: new AbortController().signal },
  );
  const told = path.join(folder.path, 'told');
  await until('the program to tell its port', () => existsSync(told));
  const port = Number(readFileSync(told, 'utf8'));
  const other = createServer((_, response) => response.writeHead(503).end());
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  writeFileSync(path.join(folder.path, 'taken'), '');
  const outcome = await started;
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
  if (!outcome.healthy) throw new Error(JSON.stringify(outcome.reason));
  expect(outcome.program.port).not.toBe(port);
  expect((await outcome.program.stop()).kind).toBe('drained');
});
