import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthOf, ramp, sine, spike, stairs, steady, type Profile } from '../../kata/profile.js';
import { ProfileClock } from './profile-clock.js';

/** All moments before the end of the profile. */
function momentsOf(profile: Profile): number[] {
  const clock = new ProfileClock(profile);
  const moments: number[] = [];
  for (let at = clock.advance(1); at <= lengthOf(profile); at = clock.advance(1)) moments.push(at);
  return moments;
}

const within = (moments: readonly number[], from: number, until: number): number =>
  moments.filter((at) => at > from && at <= until).length;

describe('a profile', () => {
  it('that is steady is evenly apart', () => {
    expect(momentsOf([steady(100, 50)])).toEqual([10, 20, 30, 40, 50]);
  });

  it('with a spike has its rate in each part, and goes on with what was begun', () => {
    const moments = momentsOf(spike(100, 1000, { beforeMs: 500, highMs: 200, afterMs: 300 }));
    expect(within(moments, 0, 500)).toBe(50);
    expect(within(moments, 500, 700)).toBe(200);
    expect(within(moments, 700, 1000)).toBe(30);
  });

  it('with a ramp comes closer together, and to the middle of both rates in all', () => {
    const moments = momentsOf([ramp(0, 200, 1000)]);
    expect(within(moments, 0, 999.9)).toBe(99);
    expect(within(moments, 0, 500.1)).toBe(25);
  });

  it('without any requests left is never due again', () => {
    expect(new ProfileClock([steady(0, 100)]).advance(1)).toBe(Infinity);
    expect(new ProfileClock([ramp(100, 0, 10)]).advance(1)).toBe(Infinity);
    expect(new ProfileClock([]).advance(1)).toBe(Infinity);
  });

  it('never goes back, and has as many requests as the area below it, whatever it looks like', () => {
    const part = fc.record({
      forMs: fc.integer({ min: 1, max: 500 }),
      from: fc.integer({ min: 0, max: 2000 }),
      to: fc.integer({ min: 0, max: 2000 }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (profile) => {
        const moments = momentsOf(profile);
        const area = profile.reduce(
          (sum, { forMs, from, to }) => sum + ((from + to) * forMs) / 2e3,
          0,
        );
        // The sum of a hundred fractions may be off in its last digits.
        expect(Math.abs(moments.length - area)).toBeLessThanOrEqual(1 + 1e-6);
        for (const [n, at] of moments.entries())
          expect(at).toBeGreaterThanOrEqual(moments[n - 1] ?? 0);
      }),
    );
  });

  it('goes up by stairs, and up and down as a sine', () => {
    expect(momentsOf(stairs([10, 20, 0, 10], 1_000)).filter((at) => at > 2_000)).toHaveLength(10);
    const day = sine(100, 100, 1_000, 2_000);
    expect(lengthOf(day)).toBeCloseTo(2_000);
    const moments = momentsOf(day);
    // The mean over whole periods is the mean; half of a period is above it, and half below.
    expect(Math.abs(moments.length - 200)).toBeLessThanOrEqual(1);
    const within = (from: number, until: number) =>
      moments.filter((at) => at >= from && at < until).length;
    expect(within(0, 500)).toBeCloseTo(50 + 100 / Math.PI, -1);
    expect(within(500, 1_000)).toBeCloseTo(50 - 100 / Math.PI, -1);
  });
});
