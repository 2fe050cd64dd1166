import { describe, expect, it } from 'vitest';
import { freeDescriptors, parseLimits, raisingCommand, readFileLimit } from './file-limit.js';

describe('file descriptors', () => {
  it('are read from /proc', () => {
    const text = `Limit                     Soft Limit           Hard Limit           Units
Max processes             unlimited            unlimited            processes
Max open files            1024                 524288               files     \n`;
    expect(parseLimits(text)).toBe(1024);
    expect(parseLimits(text.replace('1024     ', 'unlimited'))).toBe(Number.POSITIVE_INFINITY);
    expect(parseLimits('')).toBe(Number.POSITIVE_INFINITY);
  });

  it('are known on this machine, and some are in use', () => {
    const { limit, open } = readFileLimit();
    expect(limit).toBeGreaterThan(open);
    expect(open).toBeGreaterThan(2);
  });

  it('leave something for everything else, and at least one connection', () => {
    expect(freeDescriptors({ limit: 1024, open: 24 })).toBe(936);
    expect(freeDescriptors({ limit: 32, open: 24 })).toBe(1);
  });

  it('are raised by a command with room to spare', () => {
    expect(Number(/\d+$/.exec(raisingCommand(10_000))?.[0])).toBeGreaterThan(11_000);
  });
});
