import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeFolder, type TemporaryFolder } from '../../../test/support/folder.js';
import { startProgram } from './start.js';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeFolder();
  vi.stubEnv('XDG_STATE_HOME', folder.path);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

/** Goes on for a second after SIGTERM, beside more work of its own than there are processors. */
const waiting = `
  import { createServer } from 'node:http';
  import { spawn } from 'node:child_process';
  process.on('SIGTERM', () => {
    for (let n = 0; n < ${os.cpus().length + 2}; n += 1) spawn('yes', { stdio: 'ignore' });
    setTimeout(() => process.exit(0), 1_000);
  });
  createServer((_, response) => response.end()).listen(Number(process.env.PORT), '127.0.0.1');
`;

it.runIf(process.platform === 'linux')(
  'gives a program longer to end that had to wait for a processor',
  async () => {
    const file = await folder.write('program.mjs', waiting);
    const command = [process.execPath, file];
    const outcome = await startProgram(
      { command, cwd: folder.path, env: {}, runtime: '', language: 'node' },
      {
        env: {},
        logFile: path.join(folder.path, 'program.log'),
        signal: new AbortController().signal,
      },
    );
    if (!outcome.healthy) throw new Error(JSON.stringify(outcome.reason));
    const stopped = await outcome.program.stop(800);
    expect(stopped.kind).toBe('drained');
    expect(stopped.tookMs).toBeGreaterThanOrEqual(900);
  },
);
