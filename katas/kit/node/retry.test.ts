import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, Conflict, GaveUp, withRetries } from './retry.js';

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

describe('backoffMs', () => {
  it('stays below 2, 4, 8, … and 50 ms, whatever the chance', () => {
    const below1 = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(2_000), below1, (attempt, chance) => {
        const wait = backoffMs(attempt, () => chance);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(Math.min(50, 2 * 2 ** attempt));
      }),
    );
  });

  it('doubles its bound at each attempt until the cap', () => {
    const bounds = [0, 1, 2, 3, 4, 5, 6].map((attempt) => backoffMs(attempt, () => 1));
    expect(bounds).toEqual([2, 4, 8, 16, 32, 50, 50]);
  });
});

describe('withRetries', () => {
  it.each([withCode('40001'), withCode('40P01'), new Conflict()])(
    'runs the transaction again after %s, and counts',
    async (failure) => {
      const failures = [failure, failure];
      const outcome = await withRetries(2, () => {
        const next = failures.pop();
        return next ? Promise.reject(next) : Promise.resolve('sold');
      });
      expect(outcome).toEqual({ result: 'sold', retries: 2 });
    },
  );

  it('gives up after its retries: one attempt more than retries', async () => {
    let attempts = 0;
    const lost = withRetries(3, () => {
      attempts++;
      return Promise.reject(withCode('40001'));
    });
    await expect(lost).rejects.toMatchObject({ constructor: GaveUp, retries: 3 });
    expect(attempts).toBe(4);
  });

  it('passes any other error on at once', async () => {
    const duplicate = withCode('23505');
    await expect(withRetries(3, () => Promise.reject(duplicate))).rejects.toBe(duplicate);
  });
});
