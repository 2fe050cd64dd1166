import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounds, exponentialMs, levels, outageMs } from './contract.js';
import {
  chance,
  drawn,
  limits,
  Tale,
  worldOf,
  type Doing,
  type Waiting,
} from './rules.histories.js';

function broken(tale: Tale, strategy = 'exponential'): string[] {
  return tale
    .judge(strategy)
    .findings.filter(({ holds }) => !holds)
    .map(({ invariant }) => invariant);
}

const storyOf = (tale: Tale, invariant: string, strategy = 'exponential') =>
  tale.judge(strategy).findings.find((finding) => finding.invariant === invariant)?.witness?.story;

const dice = (n: number): number =>
  [0, 1, 2, 3].reduce((sum, one) => sum + chance(4_096 * one + n), 0);

describe('the checker of kata 7', () => {
  it.each(['fixed', 'exponential', 'exponential-full-jitter'])('passes %s', (strategy) => {
    const { findings, coverage, figures, chart } = worldOf({ strategy }).judge(strategy);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
    expect(coverage.filter(({ met }) => !met)).toEqual([]);
    expect(figures).toMatchObject({ published: 120, givenUp: 16 });
    if (strategy !== 'exponential-full-jitter') expect(figures['storm']).toBe(40);
    expect(chart?.counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(40);
  });

  it('judges a program that was asked for nothing as full jitter', () => {
    const own = 'own';
    expect(broken(worldOf({ strategy: 'exponential-full-jitter' }), own)).toEqual([]);
    expect(broken(worldOf({ strategy: 'exponential' }), own)).toEqual(['waits-as-told']);
  });

  it('finds attempts that were used up in the outage', () => {
    const tale = worldOf({ strategy: 'immediate' });
    expect(broken(tale, 'immediate')).toEqual(['outage-survived']);
    expect(storyOf(tale, 'outage-survived', 'immediate')?.en).toContain(
      'down for 300 ms; outage-1',
    );
  });

  it('takes three of forty that had bad luck for chance', () => {
    const tale = worldOf();
    for (let n = 41; n <= 43; n += 1) tale.message(`outage-${n}`, 297, () => true, {});
    expect(broken(tale)).toEqual([]);
  });

  it('finds good messages that had to wait for hopeless ones', () => {
    const tale = worldOf({ goodAtMs: 2_300 });
    expect(broken(tale)).toEqual(['others-move-on']);
    expect(storyOf(tale, 'others-move-on')?.en).toContain('20 of 20');
  });

  describe('waits', () => {
    const told = (wait: Waiting, strategy = 'exponential') =>
      broken(worldOf({ wait, strategy }), strategy);

    it.each<[string, Waiting]>([
      ['a cap that is missing', (n) => 80 * 2 ** (n - 1)],
      ['twice the base', (n) => Math.min(1_000, 160 * 2 ** (n - 1))],
      ['doubling from nothing on', (n) => Math.min(1_000, 80 * 2 ** (n - 2))],
      ['a fixed wait', () => 80],
      ['full jitter', drawn],
      ['tripling', (n) => Math.min(1_000, 80 * 3 ** (n - 1))],
    ])('are not exponential: %s', (_, wait) => {
      expect(told(wait)).toContain('waits-as-told');
    });

    it.each<[string, Waiting]>([
      ['equal jitter', (n, m) => exponentialMs(n, limits) / 2 + drawn(n, m) / 2],
      ['jitter on top', (n, m) => exponentialMs(n, limits) + drawn(n, m)],
      ['no jitter', (n) => exponentialMs(n, limits)],
      ['one draw for all', (n) => exponentialMs(n, limits) * (n % 2 === 0 ? 0.25 : 0.75)],
      ['a tenth', (n) => exponentialMs(n, limits) / 10],
      ['a linear range', (n, m) => Math.min(1_000, 80 * n) * chance(16 * m + n)],
      [
        'a cap after the draw',
        (n, m) => (n === 5 ? Math.min(1_000, 1_600 * chance(16 * m + n)) : drawn(n, m)),
      ],
      ['a range of twice the width', (n, m) => Math.min(1_000, 80 * 2 ** n) * chance(16 * m + n)],
      ['four dice', (n, m) => (exponentialMs(n, limits) * dice(16 * m + n)) / 4],
      ['one draw for a message', (n, m) => exponentialMs(n, limits) * chance(m)],
      [
        'a draw around the middle that is cut off at both ends',
        (n, m) =>
          exponentialMs(n, limits) * Math.min(1, Math.max(0, 1.5 * chance(16 * m + n) - 0.25)),
      ],
      ['the next power of two', (n, m) => 25 * 2 ** Math.ceil(Math.log2(drawn(n, m) / 25))],
    ])('are not full jitter: %s', (_, wait) => {
      expect(told(wait, 'exponential-full-jitter')).toContain('waits-as-told');
    });

    it('are not full jitter: one draw for all of a quarter of a second', () => {
      const strategy = 'exponential-full-jitter';
      const quarter = (n: number, ms: number): number =>
        exponentialMs(n, limits) * chance(Math.floor(ms / 250));
      expect(broken(worldOf({ strategy, waitAt: quarter }), strategy)).toEqual(['waits-as-told']);
    });

    it('cannot be told apart where all is late', () => {
      const strategy = 'exponential-full-jitter';
      const slow = worldOf({ strategy, pulseLateMs: () => 200 }).judge(strategy);
      const missing = slow.coverage.filter(({ met }) => !met).map(({ condition }) => condition);
      expect(missing).toEqual(['draws-can-be-told-apart']);
    });

    it('tell nothing of how they were drawn where no pulse came', () => {
      const strategy = 'exponential-full-jitter';
      const silent = worldOf({ strategy, pulses: 4 }).judge(strategy);
      const missing = silent.coverage.filter(({ met }) => !met).map(({ condition }) => condition);
      expect(missing).toContain('draws-can-be-told-apart');
    });

    it('find who stood behind a longer one', () => {
      const tale = worldOf({ freshWait: () => 960 });
      expect(broken(tale)).toEqual(['waits-as-told']);
      expect(storyOf(tale, 'waits-as-told')?.en).toContain('exponential waits 80 ms at most there');
    });

    it('are not to blame where the pulses were as late', () => {
      // All stand still from 1100 ms to 2210 ms.
      const late = (due: number): number => (due > 1_100 && due < 2_210 ? 2_210 - due : 2);
      const slow = worldOf({ freshWait: () => 960, pulseLateMs: late });
      expect(broken(slow)).toEqual([]);
    });

    it('say nothing of a level that few came to', () => {
      const tale = worldOf();
      tale.message('random-99', 100, (n) => n === 1, { wait: () => 200 });
      expect(broken(tale)).toEqual([]);
    });
  });

  describe('ends', () => {
    it.each<[string, Doing, string[]]>([
      ['one attempt too few', { attempts: 5 }, ['tries-to-the-limit']],
      ['one attempt too many', { attempts: 7 }, ['tries-to-the-limit']],
      ['dropped after the last', { giveUp: () => [] }, ['none-lost']],
      ['no header', { giveUp: () => [{}] }, ['tries-to-the-limit']],
      [
        'given up twice',
        { giveUp: (n) => [n, n].map((x) => ({ headers: { 'x-attempts': x } })) },
        ['tries-to-the-limit'],
      ],
      [
        'under another id',
        { giveUp: (n) => [{ id: 'x', headers: { 'x-attempts': n } }] },
        ['none-lost', 'tries-to-the-limit'],
      ],
      ['a text as its number', { giveUp: (n) => [{ headers: { 'x-attempts': String(n) } }] }, []],
    ])('%s', (_, doing, wanted) => {
      const tale = worldOf();
      tale.message('hopeless-99', 10, () => true, doing);
      expect(broken(tale)).toEqual(wanted);
    });

    it('finds what is done and tried again', () => {
      const tale = worldOf().message('random-99', 10, (n) => n === 1, { again: 1 });
      expect(broken(tale)).toEqual(['done-once']);
    });

    it('finds what was never tried, unless nobody knows whether it was published', () => {
      expect(broken(worldOf().publish('random-99', 10))).toEqual(['none-lost']);
      expect(broken(worldOf().publish('random-99', 10, false))).toEqual([]);
    });

    it('does not miss what may still be on its way where the end was cut short', () => {
      const tale = worldOf();
      tale.message('hopeless-99', 10, () => true, { giveUp: () => [] });
      tale.why = 'quiet';
      expect(broken(tale)).toEqual(['none-lost']);
      const cut = worldOf();
      cut
        .publish('random-98', 7_000)
        .publish('random-99', 7_500)
        .charge('random-99', 12_400, 1, 503);
      cut.why = 'for-ever';
      expect(broken(cut)).toEqual(['none-lost']);
      expect(storyOf(cut, 'none-lost')?.en).toContain('random-98');
    });

    it('finds what is done and still in its queue', () => {
      const tale = worldOf().message('random-99', 10, () => false, { left: true });
      expect(broken(tale)).toEqual(['finishes']);
    });

    it('finds calls outside the contract', () => {
      const stray = { method: 'GET', path: '/charges', text: '' };
      expect(broken(worldOf().note(20, 'stray-call', stray))).toEqual(['calls-as-told']);
    });
  });

  describe('acknowledgements on the wire', () => {
    const at = { tap: 0, connection: 0, channel: 1 };
    const id = 'random-1';
    const delivered = { ...at, delivery: 1, id, redelivered: false, autoAck: false, headers: {} };
    const ack = { ...at, delivery: 1, id, how: 'ack' };
    const confirmed = { ...at, publication: 1, id, how: 'ack' };

    it('come after the confirm of the next queue, or after the 201', () => {
      const right = worldOf().note(101, 'amqp-delivered', delivered);
      right.note(120, 'amqp-confirmed', confirmed).note(121, 'amqp-settled', ack);
      expect(broken(right)).toEqual([]);
    });

    it('are found where they come before', () => {
      const early = worldOf().note(101, 'amqp-delivered', delivered);
      early.note(120, 'amqp-settled', ack).note(121, 'amqp-confirmed', confirmed);
      expect(broken(early)).toEqual(['acks-what-is-safe']);
      const automatic = worldOf().note(101, 'amqp-delivered', { ...delivered, autoAck: true });
      expect(broken(automatic)).toEqual(['acks-what-is-safe']);
      const nacked = worldOf().note(101, 'amqp-delivered', delivered);
      nacked
        .note(120, 'amqp-confirmed', { ...confirmed, how: 'nack' })
        .note(121, 'amqp-settled', ack);
      expect(broken(nacked)).toEqual(['acks-what-is-safe']);
    });

    it('do not count what is asked for again', () => {
      const again = worldOf().note(101, 'amqp-delivered', delivered);
      again.note(120, 'amqp-settled', { ...ack, how: 'requeue' });
      expect(broken(again)).toEqual([]);
    });
  });

  it('says what did not happen', () => {
    const tale = new Tale().message('good-1', 0, () => false, {});
    const missing = tale.judge('exponential').coverage.filter(({ met }) => !met);
    expect(missing.map(({ condition }) => condition)).toEqual([
      'failures-came',
      'outage-met',
      'waits-at-each-level',
      'pulse-beat',
      'wave-came-after-a-pause',
      'short-waits-behind-long-ones',
      'waits-can-be-told-apart',
    ]);
  });

  it('passes any right worker, however slow the way is, and finds any wait that is too short', () => {
    const strategies = fc.constantFrom('fixed', 'exponential', 'exponential-full-jitter');
    const ways = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(strategies, ways, fc.integer({ min: 1, max: 5 }), (strategy, way, level) => {
        const wait: Waiting = (failed, message) => {
          const { least, most } = bounds(strategy, failed, limits);
          const even = least === most ? least : drawn(failed, message);
          return even + (way[(failed + message) % way.length] ?? 0);
        };
        expect(broken(worldOf({ strategy, wait }), strategy)).toEqual([]);
        const { least } = bounds(strategy, level, limits);
        if (least === 0) return;
        const tale = worldOf({ strategy, wait });
        tale.message('random-99', 10, (attempt) => attempt <= level, {
          wait: (failed) => (failed === level ? least - 6 : wait(failed, 0)),
        });
        expect(broken(tale, strategy)).toEqual(['waits-as-told']);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the outage', () => {
  const options = fc.record({
    baseMs: fc.integer({ min: 80, max: 500 }),
    capMs: fc.integer({ min: 400, max: 5_000 }),
    attempts: fc.integer({ min: 5, max: 8 }),
  });

  it('is shorter than what strategies without jitter hold out, and long for one without waits', () => {
    fc.assert(
      fc.property(options, (chosen) => {
        const ms = outageMs(chosen);
        for (const strategy of ['fixed', 'exponential']) {
          const all = levels(chosen).map((n) => bounds(strategy, n, chosen).least);
          expect(ms).toBeLessThan(all.reduce((sum, one) => sum + one, 0));
        }
        expect(ms).toBeGreaterThanOrEqual(140);
      }),
    );
  });

  it('is outlasted by full jitter, but for one message in a hundred', () => {
    let lost = 0;
    for (let n = 0; n < 20_000; n += 1) {
      const draws = levels(limits).map((level) => Math.random() * exponentialMs(level, limits));
      if (draws.reduce((sum, one) => sum + one, 0) < outageMs(limits)) lost += 1;
    }
    expect(lost / 20_000).toBeLessThan(0.01);
  });
});
