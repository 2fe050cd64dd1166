import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orAsLateAs, readPulses, type Beat } from './pulses.js';

const ms = 1000;
const beatsLate = (late: readonly number[]) =>
  late.map((one, at) => ({ due: at * 100 * ms, came: (at * 100 + one) * ms }));

describe('the pulses', () => {
  it('tell how late it was between two moments', () => {
    const pulses = readPulses(beatsLate([5, 400, 3, 1, 20]));
    expect(pulses.beats).toBe(5);
    // The second was still on its way.
    expect(pulses.worst(450 * ms, 500 * ms)).toBe(400);
    expect(pulses.worst(550 * ms, 600 * ms)).toBe(0);
    // Where there was none, what they were on the whole.
    expect(pulses.meanWithin(300 * ms, 420 * ms)).toBe((400 + 1 + 20) / 3);
    expect(pulses.meanWithin(900 * ms, 950 * ms)).toBe(Infinity);
    expect(pulses.middleWithin(300 * ms, 420 * ms)).toBe(20);
    expect(pulses.middleWithin(900 * ms, 950 * ms)).toBe(Infinity);
  });

  it('count no beat as early', () => {
    expect(readPulses([{ due: 10, came: 0 }]).worst(0, 20)).toBe(0);
  });

  it('of one wait allow for the worst, of many for what none of them can all have met', () => {
    const pulses = readPulses(
      beatsLate([...Array<number>(90).fill(2), ...Array<number>(10).fill(500)]),
    );
    expect(pulses.luckiestOf(1)).toBe(500);
    expect(pulses.luckiestOf(10)).toBe(2);
  });

  it('without a beat can tell nothing', () => {
    expect(readPulses([]).luckiestOf(50)).toBe(Infinity);
  });

  it('are no wider of more waits, and never beyond the worst', () => {
    const late = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 60 });
    const counts = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }));
    fc.assert(
      fc.property(late, counts, (values, [one, more]) => {
        const pulses = readPulses(beatsLate(values));
        expect(pulses.luckiestOf(one)).toBeLessThanOrEqual(Math.max(...values));
        expect(pulses.luckiestOf(one + more)).toBeLessThanOrEqual(pulses.luckiestOf(one));
      }),
    );
  });
});

describe('a silence', () => {
  const beat = (dueMs: number): Beat => ({ due: dueMs * 1000, came: dueMs * 1000 + 1000 });
  const some = [beat(0), beat(25), beat(300), beat(301), beat(325)];

  it('is as late as what was to be sent in it, where one was to be sent all the while', () => {
    const pulses = readPulses(some, 25);
    expect(pulses.worst(100_000, 200_000)).toBe(250);
    expect(pulses.worst(310_000, 330_000)).toBe(1);
    expect(pulses.beats).toBe(5);
  });

  it('before the first is one too, as far as it is asked for', () => {
    const late = readPulses([beat(300), beat(325)], 25);
    expect(late.worst(100_000, 310_000)).toBe(175);
    expect(late.worst(100_000, 200_000)).toBe(75);
    expect(late.worst(290_000, 310_000)).toBe(1);
    expect(readPulses([], 25).worst(0, 500_000)).toBe(475);
  });

  it('says nothing where they were sent now and then', () => {
    expect(readPulses(some).worst(100_000, 200_000)).toBe(0);
  });
});

it('was at worst as late as what is known to have been late', () => {
  const pulses = readPulses([{ due: 0, came: 3_000 }]);
  const both = orAsLateAs(pulses, [{ due: 10_000, came: 60_000 }]);
  expect(both.worst(0, 5_000)).toBe(3);
  expect(both.worst(0, 20_000)).toBe(50);
  expect(both.worst(61_000, 70_000)).toBe(0);
  expect(both.meanWithin(0, 100_000)).toBe(3);
});
