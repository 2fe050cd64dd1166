import fc from 'fast-check';
import { expect, it } from 'vitest';
import { percentiles } from './percentiles.js';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, at) => n - at);

it('tells samples of which so many are not above it, in whatever order they came', () => {
  expect(percentiles('lag', upTo(100))).toEqual({ lagP50: 50, lagP95: 95, lagP99: 99 });
});

it('leaves out what so few samples cannot carry', () => {
  expect(percentiles('lag', [])).toEqual({});
  expect(percentiles('lag', [7])).toEqual({});
  expect(Object.keys(percentiles('lag', upTo(2)))).toEqual(['lagP50']);
  expect(Object.keys(percentiles('lag', upTo(19)))).toEqual(['lagP50']);
  expect(Object.keys(percentiles('lag', upTo(20)))).toEqual(['lagP50', 'lagP95']);
  expect(Object.keys(percentiles('lag', upTo(99)))).toEqual(['lagP50', 'lagP95']);
});

it('rounds as it is told', () => {
  expect(percentiles('lag', [1.26, 9])).toEqual({ lagP50: 1.3 });
  expect(percentiles('lag', [1.26, 9], 0)).toEqual({ lagP50: 1 });
});

it('is always one of the samples, and larger for a larger share', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 100 }), (samples) => {
      const { lagP50 = 0, lagP95 = 0, lagP99 = 0 } = percentiles('lag', samples, 0);
      for (const value of [lagP50, lagP95, lagP99]) expect(samples).toContain(value);
      expect(lagP50 <= lagP95 && lagP95 <= lagP99).toBe(true);
    }),
  );
});
