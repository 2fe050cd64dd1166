import { describe, expect, it } from 'vitest';
import type { Asked, SloStory } from '../story/slo.js';
import { outagePages, sliAgrees, sloCoverage, spikePagesNobody } from './slo.js';

const spike = { from: 8_000, until: 8_400 };
const outage = { from: 11_000, until: 15_000 };
const until = 18_000;
const every = (ms: number, from = 0, to = until): number[] =>
  Array.from({ length: Math.floor((to - from) / ms) }, (_, n) => from + n * ms);

/** Forty a second, as the broker lets them: late while it is late. */
function asked(lateOnes = (at: number) => isIn(spike, at) || isIn(outage, at)): Asked[] {
  return every(25).map((sent, n) => ({
    ...{ sent, answered: sent + (lateOnes(sent) ? 610 : 5), isAccepted: true, line: n + 1 },
  }));
}

const isIn = ({ from, until }: { from: number; until: number }, at: number): boolean =>
  at >= from && at < until;

/** A page that fires as it should, two seconds into the outage. */
function story(more: Partial<SloStory> = {}): SloStory {
  const all = asked();
  const good = all.filter(({ sent, answered }) => answered - sent < 250).length;
  return {
    ...{ isSeen: true, from: 0, until, lateMs: 600, spike, outage, rules: '', line: 9 },
    ...{ before: { all: 3, good: 3 }, after: { all: 3 + all.length, good: 3 + good } },
    ...{ firing: every(200, 13_000, 15_600), looks: every(200), burnt: [], burntShort: [] },
    ...{ asked: all, uncertain: 0 },
    ...more,
  };
}

const verdicts = (one: SloStory) =>
  [sliAgrees, outagePages, spikePagesNobody].map((rule) => rule(one).holds);
const met = (one: SloStory | undefined) => sloCoverage(one).map((condition) => condition.met);

describe('an objective', () => {
  it('holds where the page fires in the outage alone', () => {
    expect(verdicts(story())).toEqual([true, true, true]);
    expect(met(story())).toEqual([true, true, true]);
  });

  it('is broken by a page that never fires', () => {
    const { holds, witness } = outagePages(story({ firing: [] }));
    expect(holds).toBe(false);
    expect(witness?.story.en).toMatch(/for 4000 ms the broker confirmed late; .* never fired/);
  });

  it('is broken by a page that fires for the spike', () => {
    const { holds, witness } = spikePagesNobody(story({ firing: [8_600, 13_000] }));
    expect(holds).toBe(false);
    expect(witness?.story.en).toMatch(/fired 8600 ms after the load began/);
  });

  it('blames nobody for a page while clients saw more than a spike', () => {
    const busy = asked((at) => isIn({ from: 5_000, until: 8_400 }, at) || isIn(outage, at));
    const one = story({ asked: busy, firing: [8_600, 13_000] });
    expect(spikePagesNobody(one).holds).toBeNull();
    expect(met(one)).toEqual([true, true, false]);
  });

  it('cannot tell of an outage that clients did not see', () => {
    const one = story({ asked: asked(() => false), firing: [] });
    expect(outagePages(one).holds).toBeNull();
    expect(met(one)).toEqual([true, false, false]);
  });

  it.each([
    ['an order too few', { all: 720, good: 500 }],
    ['an order too many', { all: 726, good: 540 }],
    ['late ones as good', { all: 723, good: 720 }],
    ['good ones as late', { all: 723, good: 100 }],
  ])('is broken by counters with %s', (_, after) => {
    expect(sliAgrees(story({ after })).holds).toBe(false);
  });

  it('says nothing where Prometheus looked away', () => {
    expect(met(story({ looks: every(200, 0, 9_000) }))[0]).toBe(false);
    expect(met(story({ isSeen: false }))[0]).toBe(false);
    expect(met(undefined)).toEqual([false, false, false]);
  });
});
