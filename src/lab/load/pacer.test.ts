import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kata/random.js';
import { makePacer } from './pacer.js';
import type { OpenMode } from './types.js';

const open: OpenMode = {
  kind: 'open',
  rate: 100,
  arrivals: 'constant',
  random: seededRandom(7),
  users: 1,
  maxUsers: 1,
  stop: { durationMs: 1000 },
};

/** All intended times that are due by then. */
function takeAll(pacer: ReturnType<typeof makePacer>, now: number): number[] {
  const times: number[] = [];
  for (let due = pacer.take(now); !Number.isNaN(due); due = pacer.take(now)) times.push(due);
  return times;
}

describe('arrivals', () => {
  it('at a constant rate are evenly apart, and the end takes none of them', () => {
    const pacer = makePacer(open, 500);
    pacer.begin(5000);
    const times = takeAll(pacer, 6000);
    expect(times).toEqual(Array.from({ length: 100 }, (_, n) => 5000 + n * 10));
    expect(pacer.isOver(6000)).toBe(true);
    expect(pacer.unsent()).toBe(0);
  });

  it('of a Poisson process have its mean and its variance, and follow from the seed', () => {
    const make = (): number[] => {
      const mode: OpenMode = {
        ...open,
        arrivals: 'poisson',
        random: seededRandom(7),
        stop: { requests: 20_000 },
      };
      const pacer = makePacer(mode, 0);
      pacer.begin(0);
      return takeAll(pacer, 1e9);
    };
    const times = make();
    const gaps = times.slice(1).map((time, n) => time - (times[n] as number));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(mean).toBeGreaterThan(9.7);
    expect(mean).toBeLessThan(10.3);
    // Exponential: the standard deviation is the mean.
    expect(Math.sqrt(variance) / mean).toBeCloseTo(1, 1);
    expect(make()).toEqual(times);
  });

  it('that waited too long are given up and counted', () => {
    const pacer = makePacer(open, 500);
    pacer.begin(0);
    expect(pacer.take(10)).toBe(0);
    expect(pacer.isOver(1500)).toBe(false);
    expect(pacer.isOver(1501)).toBe(true);
    expect(pacer.take(1501)).toBeNaN();
    expect(pacer.unsent()).toBe(99);
  });
});

describe('a closed loop', () => {
  it('has so many requests, and not one more', () => {
    const stop = { requests: 3 };
    const mode = { kind: 'closed', concurrency: 1, stop } as const;
    const pacer = makePacer(mode, 0);
    pacer.begin(0);
    expect([1, 2, 3, 4].map((now) => pacer.take(now))).toEqual([1, 2, 3, Number.NaN]);
  });
});

describe('a burst', () => {
  it('intends all at the first moment, whenever they are sent', () => {
    const pacer = makePacer({ kind: 'burst', requests: 3 }, 0);
    pacer.begin(100);
    expect([pacer.take(100), pacer.take(120), pacer.take(150)]).toEqual([100, 100, 100]);
    expect(pacer.isOver(150)).toBe(true);
  });
});
