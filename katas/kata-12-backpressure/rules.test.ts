import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits, broken, Tale, type Doing } from './rules.histories.js';

const brokenBy = (doing: Doing): string[] => broken(new Tale(doing).overload().checked());

const met = (doing: Doing, name: string) =>
  new Tale(doing)
    .overload()
    .checked()
    .coverage.find(({ condition }) => condition === name)?.met;

describe('the overload', () => {
  it('is gone through by a right queue, and the figures tell of it', () => {
    const { findings, figures, coverage, chart } = new Tale().overload().checked();
    expect(broken({ findings, figures, coverage })).toEqual([]);
    expect(coverage.find(({ condition }) => condition === 'overloaded')?.met).toBe(true);
    expect(figures['most']).toBeLessThanOrEqual(28);
    expect(figures['refused']).toBeGreaterThan(50);
    expect(chart?.counts.length).toBeGreaterThan(8);
  });

  it("agrees with Little's law where the queue is full", () => {
    const { figures } = new Tale().overload().checked();
    const [w = 0, l = 0] = [figures['tookMs'], figures['littleMs']];
    expect(Math.abs(w - l)).toBeLessThanOrEqual(0.1 * w);
  });

  it('holds for every right queue, however long anything is on its way', () => {
    const ways = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 5, maxLength: 60 });
    const strategies = fc.constantFrom('reject' as const, 'drop-oldest' as const);
    fc.assert(
      fc.property(ways, strategies, (late, strategy) => {
        const wayMs = (n: number): number => late[n % late.length] ?? 0;
        const certain = brokenBy({ strategy, wayMs }).filter((one) => !timed.includes(one));
        expect(certain).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it('catches a queue that grows', () => {
    expect(brokenBy({ strategy: 'unbounded', limit: Infinity })).toEqual([
      'held-within-limit',
      'first-come-first-done',
      'recovers',
    ]);
  });

  it('catches one place too many, and tells who took it', () => {
    const result = new Tale({ limit: limits.limit + 1 }).overload().checked();
    expect(broken(result)).toEqual(['held-within-limit']);
    const [first] = result.findings;
    expect(first?.witness?.story.en).toMatch(/there were 28 others that had been accepted/);
  });

  it('catches workers too many where those that wait make up for it', () => {
    expect(brokenBy({ workers: 12, limit: 16 })).toEqual(['workers-at-once']);
  });

  it('catches a queue in which the last is first', () => {
    expect(brokenBy({ lastFirst: true })).toEqual(['first-come-first-done']);
  });

  it('catches what is lost, done twice, or done though it was refused', () => {
    expect(brokenBy({ loses: (n) => n % 40 === 7 })).toEqual(['accepted-is-done-once']);
    expect(brokenBy({ callsTwice: (n) => n % 40 === 3 })).toEqual(['accepted-is-done-once']);
    expect(brokenBy({ doesWhatItRefused: true })).toContain('refused-is-not-done');
  });

  it('catches refusals that take their time, and a wait that is too long', () => {
    expect(brokenBy({ rejectsAfterMs: 200 })).toEqual(['answers-at-once']);
    expect(brokenBy({ rejectsAfterMs: 20 })).toEqual([]);
    expect(brokenBy({ retryAfter: 60 })).toEqual(['retry-after-is-honest']);
  });

  it('catches a dependency that is idle while jobs wait', () => {
    expect(brokenBy({ restsMs: 100 })).toContain('dependency-is-not-idle');
    expect(brokenBy({ restsMs: 10 })).toEqual([]);
  });

  it('catches workers who are called in only once the queue is full', () => {
    const inRoom = (doing: Doing): string[] => broken(new Tale(doing, 'room').room().checked());
    expect(inRoom({})).toEqual([]);
    expect(inRoom({ workers: 4 })).toContain('dependency-is-not-idle');
    // Nobody knows how late a machine was without pulses.
    expect(inRoom({ workers: 4, isSilent: () => true })).not.toContain('dependency-is-not-idle');
    // It stands still, and pulses have ended; or they tell of it.
    const standsStill = (at: number): number => (at > 803 && at < 1_600 ? 1_600 - at : 0);
    expect(inRoom({ busyMs: standsStill, isSilent: (ms) => ms > 500 })).toEqual([]);
    expect(inRoom({ busyMs: standsStill })).toEqual([]);
  });

  it('tells right from wrong on a machine that stands still now and then', () => {
    const busyMs = (at: number): number => Math.max(0, 300 - (at % 640));
    const undecided = (doing: Doing): string[] =>
      new Tale({ busyMs, ...doing })
        .overload()
        .checked()
        .findings.flatMap(({ invariant, undecided: why }) => (why ? [invariant] : []));
    expect(brokenBy({ busyMs })).toEqual([]);
    expect(undecided({})).toEqual(['recovers']);
    expect(undecided({ busyMs, rejectsAfterMs: 200 })).toContain('answers-at-once');
    expect(brokenBy({ busyMs, rejectsAfterMs: 500 })).toEqual(['answers-at-once']);
    expect(undecided({ restsMs: 100 })).toContain('dependency-is-not-idle');
    expect(undecided({ busyMs: () => 10 })).toEqual([]);
  });

  it('leaves open what may be the doing of a machine of which no pulse came', () => {
    const of = (doing: Doing): (string | undefined)[] => {
      const { findings } = new Tale({ isSilent: (ms) => ms > 300, ...doing }).overload().checked();
      const some = ['dependency-is-not-idle', 'recovers'];
      const judged = findings.filter(({ invariant }) => some.includes(invariant));
      return judged.flatMap(({ invariant, holds }) =>
        holds === true ? [] : `${invariant}: ${holds}`,
      );
    };
    expect(of({})).toEqual([]);
    expect(of({ restsMs: 100 })).toContain('dependency-is-not-idle: null');
    expect(of({ strategy: 'unbounded', limit: Infinity })).toContain('recovers: null');
  });

  it('catches a limit that is too low only where it refused somebody', () => {
    expect(brokenBy({ limit: 4 })).toEqual(['refuses-only-when-full']);
  });
});

describe('two workers and ten places', () => {
  const seen = (doing: Doing) => new Tale(doing, 'places').places().checked();

  it('are gone through by a right queue, and all that is to be seen is seen', () => {
    for (const strategy of ['reject', 'drop-oldest'] as const) {
      const result = seen({ strategy });
      expect(broken(result)).toEqual([]);
      const names = ['one-beside-another', 'all-at-once', 'place-freed'];
      const some = result.coverage.filter(({ condition }) => names.includes(condition));
      expect(some.map(({ met: isMet }) => isMet)).toEqual(
        strategy === 'reject' ? [true, true, true] : [true, true],
      );
    }
  });

  it('show a worker that waits for the others while a job waits', () => {
    expect(broken(seen({ batches: true }))).toEqual(['dependency-is-not-idle']);
    expect(broken(seen({ wayMs: () => 30 }))).toEqual([]);
  });

  it('show who goes on refusing when there are places again', () => {
    expect(broken(seen({ lowWater: 5 }))).toEqual(['refuses-only-when-full']);
    expect(broken(seen({ lowWater: 9 }))).toEqual([]);
  });

  it('show who drops several where one has to go', () => {
    for (const dropsAtOnce of [2, 3, 5, 10])
      expect(broken(seen({ strategy: 'drop-oldest', dropsAtOnce }))).toEqual(['drops-the-oldest']);
  });

  it('show it in the room too, whose queue is as long as was asked for', () => {
    const inRoom = (dropsAtOnce: number): string[] =>
      broken(new Tale({ strategy: 'drop-oldest', dropsAtOnce }, 'room').room().checked());
    expect([1, 2, 5].map(inRoom)).toEqual([[], ['drops-the-oldest'], ['drops-the-oldest']]);
  });

  it('show one job too many, and what is done too early', () => {
    expect(broken(seen({ limit: 11 }))).toEqual(['held-within-limit']);
    const says = (state: string | undefined) => (state === 'waiting' ? 'done' : state) as 'done';
    expect(broken(seen({ says }))).toEqual(['told-is-true']);
  });
});

describe('what is dropped', () => {
  it('is the oldest, and told', () => {
    expect(brokenBy({ strategy: 'drop-oldest' })).toEqual([]);
  });

  it('is lost where nobody tells', () => {
    const says = (state: string | undefined) => (state === 'done' ? 'done' : 'waiting');
    expect(brokenBy({ strategy: 'drop-oldest', says })).toEqual(['accepted-is-done-once']);
  });

  it('is not done', () => {
    const says = () => 'dropped' as const;
    expect(brokenBy({ strategy: 'drop-oldest', says })).toContain('told-is-true');
  });
});

describe('the conditions', () => {
  it('ask for a stop with work left, a room, and a client that came back', () => {
    for (const name of ['room-filled', 'client-came-back', 'stopped-with-work'])
      expect(met({}, name)).toBe(false);
  });
});

/** With noise that the pulses do not have; they are judged beside pulses. */
const timed = ['answers-at-once', 'dependency-is-not-idle', 'recovers'];
