import { describe, expect, it } from 'vitest';
import { freeDescriptors, parseLimits, raisingCommand, readFileLimit } from './file-limit.js';
import { boundBy } from './self-watch.js';

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

describe('the generator is bound', () => {
  const figures = { utilisation: 0.5, lagP50: 0, lagP99: 1, lagMax: 2 };
  const latency = { n: 9, p50: 50, p95: 1, p99: 1, p999: 1, max: 1, mean: 1, throughput: 1 };
  const late = { count: 0, forUser: 0, max: 0, sent: 1000 };

  it.each([
    ['', 'closed', figures, late],
    ['utilisation', 'closed', { ...figures, utilisation: 0.93 }, late],
    ['', 'closed', { ...figures, lagP99: 9 }, late],
    ['lag', 'closed', { ...figures, lagP99: 11 }, late],
    ['', 'open', figures, { ...late, count: 500, forUser: 495 }],
    ['late-sends', 'open', figures, { ...late, count: 500, forUser: 480 }],
    ['', 'burst', figures, { ...late, count: 500 }],
  ] as const)('by %j in %s mode', (sign, mode, seen, sends) => {
    expect(boundBy(mode, seen, latency, sends)).toEqual(sign === '' ? [] : [sign]);
  });
});
