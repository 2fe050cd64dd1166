import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broken, Tale, type Doing } from './rules.histories.js';

const brokenBy = (doing: Doing): string[] => broken(new Tale(doing).outage().checked());

describe('the outage', () => {
  it('is gone through by a right breaker, and the figures tell what it spared', () => {
    const result = new Tale().outage().checked();
    expect(broken(result)).toEqual([]);
    expect(result.coverage.find(({ condition }) => condition === 'outage-played')?.met).toBe(true);
    expect(result.figures['amplification']).toBeLessThan(0.8);
    expect(result.figures['spared']).toBeGreaterThan(30);
  });

  it('holds for every right one: whoever fails by chance, and however long the way is', () => {
    const some = fc.array(fc.boolean(), { minLength: 40, maxLength: 80 });
    const ways = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(some, ways, (chances, late) => {
        // Of each ten calls three fail in any case: it is above the threshold.
        const fails = (n: number): boolean => n % 10 < 3 || (chances[n % chances.length] ?? false);
        const wayMs = (n: number): number => late[n % late.length] ?? 0;
        expect(brokenBy({ fails, wayMs })).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('catches whoever never opens', () => {
    expect(brokenBy({ opensAtAll: false })).toEqual(['opens-when-failing']);
  });

  it('catches a probe that is 10 ms early, and none that is 5 ms early', () => {
    const every = (openMs: number) => brokenBy({ openMs, wayMs: () => 0 });
    expect(every(480)).toContain('open-is-quiet');
    expect(every(496)).not.toContain('open-is-quiet');
  });

  it('convicts nobody by calls that the lab itself saw late', () => {
    const early = (behindMs: number) =>
      new Tale({ openMs: 400 }).outage().behind(0, behindMs).checked().findings;
    const isQuiet = (behindMs: number) =>
      early(behindMs).find(({ invariant }) => invariant === 'open-is-quiet');
    expect(isQuiet(50)?.holds).toBe(false);
    expect(isQuiet(4_000)?.holds).toBeNull();
    expect(isQuiet(4_000)?.undecided?.en).toContain('when they were made nobody knows');
  });

  it('catches a probe whose failure changes nothing', () => {
    expect(brokenBy({ reopens: false })).toContain('failed-probe-reopens');
  });

  it('catches rejections that take their time, and a wait without end', () => {
    expect(brokenBy({ rejectsAfterMs: 300 })).toEqual(['rejections-are-quick']);
    expect(brokenBy({ timeoutMs: 5_000 })).toContain('answers-in-bounded-time');
  });

  it('catches a price that nobody gave', () => {
    const [first] = new Tale({ lies: true })
      .outage()
      .checked()
      .findings.filter(({ invariant }) => invariant === 'quotes-are-true');
    expect(first?.holds).toBe(false);
    expect(first?.witness?.story.en).toMatch(/the dependency never gave the price 5/);
  });
});
