import { createServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { choosePort } from './port.js';

describe('a port', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is never given out twice, and lies below those of outgoing connections', async () => {
    const wanted = Array.from({ length: 50 }, () => ['program', 'server'] as const).flat();
    const ports = await Promise.all(wanted.map(choosePort));
    expect(new Set(ports).size).toBe(100);
    expect(Math.max(...ports)).toBeLessThan(32_768);
  });

  it('is not one that somebody listens on', async () => {
    const taken = await choosePort('program');
    const server = createServer().listen(taken, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // A second copy of the module has given out nothing yet, and is made to try the taken port.
    vi.resetModules();
    const fresh = await import('./port.js');
    vi.spyOn(Math, 'random').mockReturnValueOnce((taken - 20_000 + 0.5) / 12_000);
    const chosen = await fresh.choosePort('program');
    expect(Math.random).toHaveBeenCalledTimes(2);
    expect(chosen).not.toBe(taken);
    await new Promise((resolve) => server.close(resolve));
  });

  it('is not one that another lab was given a moment ago', async () => {
    const given = await choosePort('program');
    vi.resetModules();
    const otherLab = await import('./port.js');
    vi.spyOn(Math, 'random').mockReturnValueOnce((given - 20_000 + 0.5) / 12_000);
    expect(await otherLab.choosePort('program')).not.toBe(given);
    expect(Math.random).toHaveBeenCalledTimes(2);
  });
});
