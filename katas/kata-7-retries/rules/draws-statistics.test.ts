import { describe, expect, it } from 'vitest';
import { varianceOf, widest } from './draws-statistics.js';

const n = 170;
/** Spread evenly, in an order of its own, so that each is late by something else. */
const even = Array.from({ length: n }, (_, at) => ((at * 73) % n) / n);
const late = Array.from({ length: n }, (_, at) => (0.15 * ((at * 29) % n)) / n);
const varianceFrom = (draws: readonly number[]): number =>
  varianceOf([draws.map((draw, at) => draw + (late[at] ?? 0))]).variance;

describe('how far draws scatter', () => {
  it('is no more than chance and what was late allow, where they are even', () => {
    expect(varianceFrom(even)).toBeLessThan(widest(late));
  });

  it('is more than that where a sixth of them lies at each end, whatever was late', () => {
    const clipped = even.map((draw) => Math.min(1, Math.max(0, 1.5 * draw - 0.25)));
    expect(varianceFrom(clipped)).toBeGreaterThan(widest(late));
  });
});
