import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { expect, it } from 'vitest';
import { keptWaitingMs, watchKeptWaiting } from './kept-waiting.js';

it.runIf(process.platform === 'linux')(
  'says how long processes waited that are more than there are processors',
  async () => {
    const busy = Array.from({ length: os.cpus().length + 1 }, () => 'yes >/dev/null &').join(' ');
    const shell = spawn('sh', ['-c', `${busy} wait`], { detached: true, stdio: 'ignore' });
    await once(shell, 'spawn');
    const group = shell.pid ?? 0;
    try {
      await expect.poll(() => keptWaitingMs(group), { timeout: 15_000 }).toBeGreaterThan(100);
      const before = keptWaitingMs(group);
      const since = watchKeptWaiting(group);
      expect(since()).toBeLessThan(before);
      await expect.poll(since, { timeout: 15_000 }).toBeGreaterThan(100);
    } finally {
      process.kill(-group, 'SIGKILL');
    }
    await once(shell, 'exit');
    expect(keptWaitingMs(group)).toBe(0);
  },
);
