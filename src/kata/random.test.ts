import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.js';

describe('seeded random numbers', () => {
  it('come again with the same seed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const [one, other] = [seededRandom(seed), seededRandom(seed)];
        for (let n = 0; n < 20; n += 1) expect(one.next()).toBe(other.next());
      }),
    );
  });

  it('stay in their bounds and reach both ends', () => {
    const random = seededRandom(7);
    const seen = new Set(Array.from({ length: 1000 }, () => random.integer(3, 6)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6]);
  });
});
