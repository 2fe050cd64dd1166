import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits, Tale } from './rules.histories.js';
import { mostByChance } from './rules/chance.js';

const quiet = (tale: Tale, ms = 500) =>
  tale.part(0, 'quiet').every(20, [0, ms - 100], () => ({ part: 'quiet' }));

describe('chance', () => {
  it('is a binomial bound: never below the mean, and all of few', () => {
    expect(mostByChance(100)).toBe(15);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (n) => {
        expect(mostByChance(n)).toBeGreaterThanOrEqual(Math.floor(n * 0.05));
        expect(mostByChance(n)).toBeLessThanOrEqual(n);
        expect(mostByChance(n + 1)).toBeGreaterThanOrEqual(mostByChance(n));
      }),
    );
  });
});

describe('while recommendations hang', () => {
  const hang = (status: (n: number) => number, tookMs: (n: number) => number = () => 90) =>
    quiet(new Tale('hang').pulses(2_000))
      .part(500, 'trouble')
      .part(1_500, 'after')
      .every(20, [500, 1_500], (n) => ({ status: status(n), tookMs: tookMs(n) }));
  const rule = 'healthy-route-keeps-its-pace';

  it('lets checkouts go on, but for what chance may take', () => {
    expect(hang(() => 200).finding(rule).holds).toBe(true);
    expect(hang((n) => (n % 12 === 0 ? 503 : 200)).finding(rule).holds).toBe(true);
  });

  it('catches checkouts that fail or are slow', () => {
    expect(hang((n) => (n % 3 === 0 ? 504 : 200)).finding(rule).holds).toBe(false);
    expect(
      hang(
        () => 200,
        (n) => (n % 3 === 0 ? 400 : 90),
      ).finding(rule).holds,
    ).toBe(false);
  });

  it('blames nobody for what the machine may have done', () => {
    const paused = quiet(new Tale('hang').pulses(2_000, () => 350))
      .part(500, 'trouble')
      .part(1_500, 'after')
      .every(20, [500, 1_500], () => ({ tookMs: 400 }));
    expect(paused.finding(rule).holds).toBeNull();
  });

  it('knows of no pace where nothing was quiet', () => {
    const noQuiet = new Tale('hang')
      .pulses(2_000)
      .part(0, 'quiet')
      .part(500, 'trouble')
      .part(1_500, 'after')
      .every(20, [500, 1_500], () => ({ tookMs: 90 }));
    const found = noQuiet.finding(rule);
    expect(found.holds).toBeNull();
    expect(found.undecided?.en).toContain('what is usual');
  });

  it('is asked of bulkheads alone', () => {
    expect(() => hang(() => 504).finding(rule, 'timeouts')).toThrow('not judged');
  });
});

describe('the limit', () => {
  const flood = () => quiet(new Tale('flood').pulses(2_500), 300).part(300, 'trouble');
  const one = { sort: 'flooding', client: 'k', route: 'recommendations' } as const;
  const refused = { ...one, status: 429, retryAfter: 1, tookMs: 2 } as const;

  it('is kept by every token bucket, whatever is asked and when', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(gaps, (waits) => {
        const tale = flood();
        let [at, tokens] = [400, limits.clientBurst];
        for (const wait of waits) {
          at += wait;
          tokens = Math.min(limits.clientBurst, tokens + (wait * limits.clientRate) / 1000);
          if (tokens < 1) tale.ask({ at, ...refused });
          else {
            tokens -= 1;
            tale.ask({ at, ...one });
          }
        }
        expect(tale.finding('clients-keep-their-limit').holds).toBe(true);
        expect(tale.finding('no-client-is-refused-below-it').holds).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('is overstepped at the edge of a window', () => {
    const tale = flood()
      .every(2, [790, 810], () => ({ ...one, tookMs: 60 }))
      .every(2, [820, 840], () => ({ ...one, tookMs: 60 }));
    const found = tale.finding('clients-keep-their-limit');
    expect(found.holds).toBe(false);
    expect(found.witness?.story.en).toContain('was let through 20 times');
  });

  it('does not ask who of those that were under way at once came first', () => {
    const tale = flood()
      .ask({ at: 400, ...refused, tookMs: 40 })
      .every(1, [401, 411], () => one);
    expect(tale.finding('no-client-is-refused-below-it').holds).toBe(true);
  });

  it('refuses nobody who keeps it', () => {
    const tale = flood()
      .every(1, [400, 405], () => one)
      .ask({ at: 500, ...refused });
    expect(tale.finding('no-client-is-refused-below-it').holds).toBe(false);
  });

  it('tells the truth about when to come back', () => {
    const told = (retryAfter: number) =>
      flood()
        .ask({ at: 400, ...refused, retryAfter })
        .finding('retry-after-is-true').holds;
    expect([0, 1, 2, 3, 3_600].map(told)).toEqual([false, true, true, false, false]);
    const again = { sort: 'patient', attempt: 2 } as const;
    const came = flood().ask({ at: 1_500, ...refused, ...again });
    expect(came.finding('retry-after-is-true').holds).toBe(false);
  });
});

describe('who is refused a place', () => {
  const told = (retryAfter: number, strategy?: string) =>
    quiet(new Tale('spike').pulses(1_000))
      .part(500, 'trouble')
      .ask({ at: 600, status: 503, tookMs: 2, retryAfter })
      .finding('refusals-say-when', strategy);

  it('is sent back in a moment, neither at once nor much later', () => {
    expect([0, 1, 5, 6, 3_600].map((seconds) => told(seconds).holds)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(told(600).witness?.story.en).toContain('Retry-After: 600');
  });

  it('is looked for wherever anybody is refused', () => {
    expect(told(0, 'bulkheads').holds).toBe(false);
    expect(() => told(0, 'timeouts')).toThrow('not judged');
  });
});

describe('deadlines', () => {
  const spike = () => quiet(new Tale('spike').pulses(2_000)).part(500, 'trouble');

  it.each([
    ['400', true],
    ['500', true],
    ['380', true],
    ['370', false],
    ['501', false],
    ['1796000000000', false],
    ['soon', false],
    [null, false],
  ])('are handed on as what is left: %s', (deadline, holds) => {
    const tale = spike().ask({ at: 600, calls: [{ afterMs: 1, deadline }] });
    expect(tale.finding('deadline-is-handed-on').holds).toBe(holds);
  });

  it('leave out what the gateway has taken of it', () => {
    const rule = 'deadline-is-handed-on';
    const waited = (deadline: string) =>
      spike().every(10, [600, 800], () => ({
        ...{
          status: 504,
          tookMs: 500,
          calls: [{ afterMs: 300, deadline, how: 'too-late' as const }],
        },
      }));
    expect(waited('200').finding(rule).holds).toBe(true);
    expect(waited('240').finding(rule).holds).toBe(true);
    const found = waited('500').finding(rule);
    expect(found.holds).toBe(false);
    expect(found.witness?.story.en).toContain(
      'it said 500 ms as it came, and 200 ms of 500 were left',
    );
  });

  it('are the end of calls', () => {
    const late = (count: number) =>
      spike().every(10, [600, 600 + 10 * count], () => ({
        ...{ status: 0, tookMs: 500, calls: [{ afterMs: 700 }] },
      }));
    const rule = 'no-call-for-who-has-gone';
    expect(late(2).finding(rule).holds).toBe(true);
    expect(late(3).finding(rule).holds).toBe(false);
  });
});

describe('answers', () => {
  const tale = () => quiet(new Tale('spike').pulses(1_000)).part(500, 'trouble');
  const holds = (of: Tale) => of.finding('answers-are-true').holds;

  it('are what the service said to the one call', () => {
    expect(holds(tale().ask({ at: 600 }))).toBe(true);
    expect(holds(tale().ask({ at: 600, lie: 1 }))).toBe(false);
    expect(holds(tale().ask({ at: 600, calls: [] }))).toBe(false);
    expect(holds(tale().ask({ at: 600, calls: [{ afterMs: 1 }, { afterMs: 9 }] }))).toBe(false);
    expect(holds(tale().ask({ at: 600, status: 503, calls: [{ afterMs: 1 }] }))).toBe(false);
    expect(holds(tale().ask({ at: 600, status: 503 }))).toBe(true);
  });

  it('are of the route’s own service', () => {
    const of = (service: 'checkout' | 'recommendations') =>
      holds(tale().ask({ at: 600, route: 'recommendations', calls: [{ afterMs: 1, service }] }));
    expect([of('recommendations'), of('checkout')]).toEqual([true, false]);
  });

  it.each([
    [504, 500, 'cut-off', true],
    [504, 1, 'too-late', true],
    [504, 480, 'worked', true],
    [504, 210, 'worked', true],
    [504, 190, 'worked', false],
    [504, 100, 'worked', false],
    [502, 100, 'worked', false],
    [502, 100, 'too-late', false],
  ] as const)(
    'say what became of the call: %i after %i ms, where it %s',
    (status, tookMs, how, is) => {
      expect(holds(tale().ask({ at: 600, status, tookMs, calls: [{ afterMs: 0, how }] }))).toBe(is);
    },
  );

  it('say that the service said 504 only once it has', () => {
    const of = (endsAfterMs: number) =>
      holds(
        tale().ask({
          at: 600,
          status: 504,
          tookMs: 100,
          calls: [{ afterMs: 0, how: 'cut-off', endsAfterMs }],
        }),
      );
    expect([of(99), of(101)]).toEqual([true, false]);
  });

  it('are for those alone whose keys are known', () => {
    const of = (sort: 'stranger' | 'crowd', status: number) =>
      tale().ask({ at: 600, sort, status }).finding('knows-its-clients').holds;
    expect([of('stranger', 401), of('crowd', 200)]).toEqual([true, true]);
    expect([of('stranger', 200), of('crowd', 401), of('stranger', 503)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('after the spike', () => {
  const spike = (status: number) =>
    quiet(new Tale('spike').pulses(4_000), 400)
      .part(400, 'trouble')
      .part(1_000, 'after')
      .every(20, [1_000, 3_000], () => ({
        part: 'after',
        status,
        tookMs: status === 0 ? 500 : 90,
      }));

  it('all is as before, or it is a metastable failure', () => {
    expect(spike(200).finding('recovers', 'none').holds).toBe(true);
    const found = spike(0).finding('recovers', 'none');
    expect(found.holds).toBe(false);
    expect(found.witness?.story.en).toContain('got no good answer in time');
  });

  it('blames nobody where the lab itself was late', () => {
    expect(spike(0).late(40).finding('recovers', 'none').holds).toBe(false);
    const undecided = spike(0).late(60).finding('recovers', 'none');
    expect(undecided.holds).toBeNull();
    expect(undecided.undecided?.en).toContain('late by 60 ms');
    expect(spike(200).late(60).finding('recovers', 'none').holds).toBe(true);
  });

  it('is drawn: what was asked, what it came to, and for whom the workers worked', () => {
    const rowsOf = (tale: Tale) =>
      new Map(tale.check('none').tracks?.rows.map((row) => [row.name.en, row]));
    const sum = (tale: Tale, name: string): number => {
      const row = rowsOf(tale).get(name);
      if (!row || !('levels' in row)) throw new Error(`there is no ${name}`);
      return row.levels.reduce((all, level) => all + level, 0);
    };
    // 15 on the quiet day, and 91 in the 1.8 seconds after the spike.
    const well = spike(200);
    expect(['asked', 'in time', 'refused', 'in vain'].map((name) => sum(well, name))).toEqual([
      15 + 91,
      15 + 91,
      0,
      0,
    ]);
    const down = spike(0);
    expect(sum(down, 'in vain')).toBe(91);
    expect(sum(well, 'for nobody')).toBe(0);
    expect(sum(well, 'workers busy')).toBeGreaterThan(0);
    const { phases } = spike(0).check('none').tracks ?? { phases: [] };
    expect(phases.map(({ name, from }) => [name.en, from])).toEqual([
      ['quiet', 0],
      ['spike', 7],
      ['after', 18],
    ]);
  });
});
