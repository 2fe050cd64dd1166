import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { watchStarvation } from './starvation.js';

let shells: ChildProcess[] = [];

afterEach(() => {
  for (const { pid } of shells) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  shells = [];
});

async function shell(words: string): Promise<number> {
  const started = spawn('sh', ['-c', words], { detached: true, stdio: 'ignore' });
  shells.push(started);
  await once(started, 'spawn');
  return started.pid ?? 0;
}

const isLinux = process.platform === 'linux';

it.runIf(isLinux)('tells one that is kept waiting from one that has nothing to do', async () => {
  const loops = os.cpus().length * 2;
  const pids = await Promise.all(Array.from({ length: loops }, () => shell('exec yes >/dev/null')));
  const starving = watchStarvation(() => pids);
  const idle = await shell('exec sleep 60');
  const resting = watchStarvation(() => [idle]);
  try {
    await expect.poll(() => starving.within(500), { timeout: 15_000 }).toBeGreaterThan(100);
    expect(starving.within(500)).toBeLessThanOrEqual(500);
    expect(resting.within(500)).toBeLessThan(100);
  } finally {
    starving.stop();
    resting.stop();
  }
});

it('knows nothing of one that has ended', () => {
  const gone = watchStarvation(() => [2 ** 22 + 1]);
  expect(gone.within(1_000)).toBe(0);
  gone.stop();
});
