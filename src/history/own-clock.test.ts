import { describe, expect, it } from 'vitest';
import { absenceBetween } from './own-clock.js';

const at = (monotonicMs: number, sinceBootMs: number, cpuMs: number) => ({
  ...{ monotonicMs, sinceBootMs, cpuMs },
});

describe('a gap of the own clock', () => {
  it('is an absence where it is long: stopped, or the machine asleep', () => {
    expect(absenceBetween(at(0, 0, 0), at(25_000, 25_000, 5))).toBe(25_000);
    // While a laptop sleeps the monotonic clock of Linux and macOS stands still.
    expect(absenceBetween(at(0, 0, 0), at(110, 3_600_000, 5))).toBe(3_600_000);
  });

  it('is none on a busy machine, nor where the lab was at work itself', () => {
    expect(absenceBetween(at(0, 0, 0), at(1_200, 1_200, 5))).toBeUndefined();
    // Of the time since boot macOS knows whole seconds only.
    expect(absenceBetween(at(0, 0, 0), at(110, 1_000, 5))).toBeUndefined();
    expect(absenceBetween(at(0, 0, 0), at(3_000, 3_000, 2_900))).toBeUndefined();
  });
});
