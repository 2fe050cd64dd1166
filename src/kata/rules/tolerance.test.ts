import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withinTolerance } from './tolerance.js';

const rule = { en: 'not late', es: 'no tarde' };
const witness = { story: { en: 'it was late', es: 'llegó tarde' }, lines: [7] };
const decide = (value: number, limit: number, resolution?: number) =>
  withinTolerance(
    'not-late',
    rule,
    { what: rule, value, limit, unit: 'ms', ...(resolution !== undefined && { resolution }) },
    () => witness,
  );

describe('a rule with a tolerance', () => {
  it('holds within it, and says how far it was', () => {
    expect(decide(30, 100, 20)).toMatchObject({
      holds: true,
      margin: { value: 30, limit: 100, resolution: 20 },
    });
    expect(decide(100, 100).holds).toBe(true);
  });

  it('is broken by what noise does not explain, with its witness', () => {
    expect(decide(130, 100, 20)).toMatchObject({ holds: false, witness, margin: { value: 130 } });
  });

  it('is undecided where noise may be all of it', () => {
    const found = decide(110, 100, 20);
    expect(found.holds).toBeNull();
    expect(found.undecided?.en).toContain('allows 100 ms, and up to 20 ms');
    expect(found.undecided?.es).toContain('permite 100 ms, y hasta 20 ms');
  });

  it('never holds where a breach could not have been seen', () => {
    expect(decide(0, 100, 101).holds).toBeNull();
    expect(decide(500, 100, Infinity)).toMatchObject({
      holds: null,
      undecided: { en: expect.stringContaining('pulses') as string },
    });
  });

  it('holds on a coarse run, too, where noise only adds', () => {
    const adds = (value: number, resolution: number) =>
      withinTolerance(
        'not-late',
        rule,
        { what: rule, value, limit: 100, unit: 'ms', resolution },
        () => witness,
        { onlyAdds: true },
      ).holds;
    expect([adds(90, 400), adds(101, 400), adds(1_301, 400)]).toEqual([true, null, false]);
    expect(adds(90, Infinity)).toBeNull();
  });

  it('blames on a coarse run only what lies far beyond', () => {
    // As a kata's right program was seen at a load of ten: pulses of 272 ms, answers of 381.
    expect(decide(381, 50, 272).holds).toBeNull();
    expect(decide(867, 50, 272).holds).toBe(false);
  });

  const ms = fc.double({ min: 0, max: 10_000, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const sign = fc.constantFrom(-1, 1);

  it('never blames what is exactly as told, whatever the noise', () => {
    fc.assert(
      fc.property(ms, ms, share, (limit, resolution, noise) => {
        expect(decide(noise * resolution, limit, resolution).holds).not.toBe(false);
      }),
    );
  });

  it('never passes what is off by more than twice the limit, whichever way the noise goes', () => {
    fc.assert(
      fc.property(ms, ms, ms, share, sign, (limit, more, resolution, noise, way) => {
        const off = 2 * limit + more + 0.001;
        const measured = off + way * noise * resolution;
        expect(decide(measured, limit, resolution).holds).not.toBe(true);
      }),
    );
  });
});
