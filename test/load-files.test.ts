import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { okAnswer, startScripted, type ScriptedServer } from '../src/lab/load/scripted-server.js';
import { bundle, type Bundle } from './support/bundle.js';
import type { LoadTaken, LoadTask } from './support/load-program.js';

let program: Bundle;
let server: ScriptedServer;
beforeAll(async () => {
  program = await bundle('test/support/load-program.ts');
  server = await startScripted((socket) => socket.write(okAnswer));
});
afterAll(async () => {
  await program.remove();
  await server.stop();
});

it('a load with too few file descriptors goes on with what it has, and says how to get more', async () => {
  const task: LoadTask = { url: server.url, mode: { kind: 'burst', requests: 600 } };
  const limited = `ulimit -n 256 && exec "$0" "$@"`;
  const words = ['-c', limited, process.execPath, program.file, JSON.stringify(task)];
  const { stdout } = await execa('sh', words);
  const taken = JSON.parse(stdout) as LoadTaken;
  const { measured, connections, notices } = taken;
  expect(measured).toMatchObject({ sent: 600, answered: 600, unsent: 0 });
  expect(connections).toBeGreaterThan(50);
  expect(connections).toBeLessThan(256);
  expect(notices).toMatchObject([{ code: 'file-limit', wanted: 600, got: connections }]);
  expect(notices[0]?.what).toContain('600');
  expect(notices[0]?.mend).toMatch(/ulimit -n 2048|--nofile=2048:2048/);
  // What had to wait for a connection counts from when it should have gone.
  expect(measured.late.forUser).toBeGreaterThan(0);
});
