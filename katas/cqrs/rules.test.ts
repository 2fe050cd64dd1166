import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asItComes, c, lived, Tale } from './rules.histories.js';

describe('a view that folds', () => {
  it('holds where it shows what the events come to, and tells the figures', () => {
    const tale = new Tale().act('load', () => undefined);
    tale.act('load', () => {
      tale.fold(tale.write('o-1', c, 10)).list(1, c, { token: 'o-1@1', tookMs: 5 });
    });
    const result = tale.settle('end').judged();
    expect(result.broken).toEqual([]);
    expect(result.undecided).toEqual([]);
  });

  it('is wrong where an event was lost, or refused to the end', () => {
    const lost = new Tale();
    lost.write('o-1', c, 10);
    expect(lost.settle('end').judged().broken).toEqual(['view-equals-the-fold']);
    const refused = lived();
    const none = [{ customer: c, orders: undefined, summary: undefined }];
    expect(refused.settle('end', undefined, none).judged().broken).toEqual([
      'view-equals-the-fold',
    ]);
  });

  it('is wrong where only the sum is', () => {
    const tale = lived();
    const [answers] = tale.answers();
    const shown = answers && [{ ...answers, summary: { orders: 1, total: 40 } }];
    const { broken, story } = tale.settle('end', undefined, shown).judged();
    expect(broken).toEqual(['view-equals-the-fold']);
    expect(story('view-equals-the-fold')).toContain('{"orders": 1, "total": 40}');
  });

  it('is not blamed for what the write side never told', () => {
    const tale = lived();
    tale.write('o-1', c, 30, false);
    expect(tale.settle('end').judged().broken).toEqual(['every-change-is-told']);
  });

  it('names reader, versions and lines where one is shown less than before', () => {
    const tale = new Tale(asItComes);
    const first = tale.write('o-1', c, 10);
    const second = tale.write('o-1', c, 20);
    tale.fold(second).list(7, c).fold(first).list(8, c).list(7, c);
    const { broken, story } = tale.settle('end').judged();
    expect(broken).toEqual(['view-equals-the-fold', 'no-reader-sees-less']);
    expect(story('no-reader-sees-less')).toMatch(/reader r-7 was shown o-1 v2 OPEN 20 .* v1 OPEN/);
  });

  it('may never show what nobody told, or what is of somebody else', () => {
    const tale = new Tale();
    const event = tale.write('o-1', c, 10);
    tale
      .fold({ ...event, amount: 11 })
      .list(1, c)
      .fold({ ...event, version: 2 })
      .list(1, c);
    expect(tale.judged().broken).toContain('shows-only-what-was');
    const other = new Tale();
    other.fold({ ...other.write('o-1', c, 10), customer: 'c-2' }).list(1, 'c-2');
    expect(other.judged().broken).toEqual(['shows-only-what-was']);
  });
});

describe('any stream', () => {
  const steps = fc.array(
    fc.record({
      order: fc.integer({ min: 1, max: 3 }),
      amount: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const shuffle = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 40 });

  it('never has a view blamed that compares versions, whatever comes twice or late', () => {
    fc.assert(
      fc.property(steps, shuffle, (writes, picks) => {
        const tale = new Tale();
        for (const { order, amount } of writes) tale.write(`o-${order}`, `c-${order % 2}`, amount);
        const { stream } = tale;
        for (const pick of picks) {
          const event = stream[pick % stream.length];
          if (event) tale.fold(event).list(pick % 3, event.customer);
        }
        tale
          .fold(...stream)
          .list(1, 'c-0')
          .list(1, 'c-1');
        const { broken, undecided } = tale.settle('end').judged();
        expect([...broken, ...undecided]).toEqual([]);
      }),
    );
  });

  it('always catches a view that ends with an event that is not the last', () => {
    fc.assert(
      fc.property(steps, shuffle, (writes, [pick = 0]) => {
        const tale = new Tale(asItComes);
        for (const { order, amount } of writes) tale.write(`o-${order}`, 'c-0', amount);
        const { stream } = tale;
        const late = stream[pick % stream.length];
        if (!late) return;
        const isLast = stream.findLast(({ id }) => id === late.id) === late;
        const { broken } = tale
          .fold(...stream, late)
          .settle('end')
          .judged();
        expect(broken).toEqual(isLast ? [] : ['view-equals-the-fold']);
      }),
    );
  });
});

describe('a token', () => {
  it('is to be answered with its write', () => {
    const tale = new Tale();
    tale.write('o-1', c, 10);
    expect(tale.list(1, c, { token: 'o-1@1' }).judged().broken).toEqual(['token-has-its-write']);
  });

  it('is in the sum as well', () => {
    const summed = (total: number): string[] => {
      const tale = lived();
      const asked = { customer: c, reader: 'r-1', token: 'o-1@2' };
      tale.writer.complete(tale.writer.invoke(1, 'summary', asked), 'ok', {
        ...{ orders: 1, total, ageMs: 0 },
      });
      return tale.judged().broken;
    };
    expect(summed(20)).toEqual([]);
    expect(summed(10)).toEqual(['token-has-its-write']);
  });

  it('that nobody was given names nothing', () => {
    expect(lived().list(1, c, { token: 'o-1@9' }).judged().broken).toEqual([]);
  });

  it('is not refused before its time while nothing is in the way', () => {
    const refusedAfter = (tookMs: number, act = 'load'): string[] => {
      const tale = lived();
      tale.act(act, () => void tale.list(1, c, { token: 'o-1@2', refused: true, tookMs }));
      return tale.judged().broken;
    };
    expect(refusedAfter(900)).toEqual(['token-is-waited-for']);
    expect(refusedAfter(960)).toEqual([]);
    expect(refusedAfter(5, 'cut-off')).toEqual([]);
  });

  it('is not refused long after others were shown what it names', () => {
    const shownBefore = (ms: number): string[] => {
      const tale = lived();
      tale.act('token', () => {
        const op = tale.writer.invoke(1, 'list', { customer: c, reader: 'r-1', token: 'o-1@2' });
        tale.list(2, c);
        tale.writer.later(ms);
        tale.writer.complete(op, 'fail', { reason: 'unavailable' });
      });
      return tale.judged().broken;
    };
    expect(shownBefore(510)).toEqual(['token-is-waited-for']);
    expect(shownBefore(490)).toEqual([]);
  });

  it('keeps nobody else from an answer, however many wait', () => {
    const waited = ({ othersMs = 5, aloneMs = 5, stillMs = 0, refusedMs = 0 }): Tale => {
      const tale = lived();
      return tale.act('crowd', () => {
        tale.list(2, c, { tookMs: aloneMs });
        if (stillMs > 0) tale.list(9, c, { tookMs: stillMs });
        const still = stillMs > 0 && { still: { reader: 9, ms: stillMs } };
        tale.writer.note('crowd', { tokens: ['o-1@2'], met: true, ...still });
        tale.list(2, c, { tookMs: othersMs });
        tale.writer.note('crowd-goes-on', {});
        if (refusedMs > 0) tale.list(1, c, { token: 'o-1@2', refused: true, tookMs: refusedMs });
      });
    };
    expect(waited({}).judged().broken).toEqual([]);
    expect(waited({}).judged().unmet).not.toContain('many-waited');
    const slow = waited({ othersMs: 900 }).judged();
    expect(slow.broken).toEqual(['waiting-is-in-nobodys-way']);
    expect(slow.story('waiting-is-in-nobodys-way')).toContain('had its answer after 900 ms');
    expect(waited({ othersMs: 900, aloneMs: 450 }).judged().broken).toEqual([]);
    // Who makes sure with every question is as late where nobody waits.
    expect(waited({ othersMs: 900, stillMs: 800 }).judged().broken).toEqual([]);
    expect(waited({ othersMs: 1_500, stillMs: 800 }).judged().broken).toHaveLength(1);
    expect(waited({ refusedMs: 900 }).judged().broken).toEqual(['waiting-is-in-nobodys-way']);
    expect(waited({ refusedMs: 400 }).judged().broken).toEqual([]);
    const slowly = waited({ refusedMs: 900 }).list(3, c, { token: 'o-1@2' });
    expect(slowly.judged().broken).toEqual([]);
  });

  it('is not waited for for ever, as far as the machine lets anybody tell', () => {
    const lasted = (tookMs: number, othersMs = 0) => {
      const tale = lived();
      tale.act('token', () => {
        tale.list(1, c, { token: 'o-1@9', refused: true, tookMs }).list(2, c, { tookMs: othersMs });
      });
      return tale.judged();
    };
    expect(lasted(1_010).broken).toEqual([]);
    expect(lasted(3_100).broken).toEqual(['token-wait-ends']);
    expect(lasted(3_100, 500).undecided).toEqual(['token-wait-ends']);
  });
});

describe('a rebuilt view', () => {
  it('shows what the old one showed, or what is right', () => {
    const tale = lived(asItComes);
    const [created] = tale.stream;
    if (created) tale.fold(created);
    const before = tale.answers();
    expect(tale.settle('rebuilt', before).judged().broken).toEqual([]);
    tale.fold(...tale.stream);
    expect(tale.settle('rebuilt', before).settle('end').judged().broken).toEqual([]);
    const { broken, story } = lived().empty().settle('rebuilt', before).judged();
    expect(broken).toEqual(['rebuilt-equals-the-old']);
    expect(story('rebuilt-equals-the-old')).toContain('the old one showed o-1 v1 OPEN 10');
  });
});

describe('a view that is cut off', () => {
  const cutOff = (watch: (tale: Tale) => void): Tale => {
    const tale = lived();
    tale.writer.note('cut', { met: true });
    tale.write('o-1', c, 30);
    tale.writer.note('cut-write', { token: 'o-1@3', customer: c });
    watch(tale);
    tale.writer.note('healed', {});
    return tale;
  };
  const after = (ms: number, how: object) =>
    cutOff((tale) => {
      for (let n = 0; n < ms; n += 50) {
        tale.writer.later(50);
        const ageMs = n + 50;
        tale.list(1, c, { ageMs, ...how });
      }
    });

  it('either refuses, or answers with its age', () => {
    expect(after(1_900, { refused: true }).judged().broken).toEqual([]);
    expect(after(1_900, {}).judged({ whenCut: 'stale' }).broken).toEqual([]);
  });

  it('is caught where it does the other', () => {
    expect(after(1_900, {}).judged().broken).toEqual(['refuse-is-never-stale']);
    expect(after(900, {}).judged().broken).toEqual([]);
    expect(after(1_900, { refused: true }).judged({ whenCut: 'stale' }).broken).toEqual([
      'stale-always-answers',
    ]);
  });

  it('is caught where its age is a lie, whichever way', () => {
    const stale = { whenCut: 'stale' } as const;
    expect(after(1_900, { ageMs: 0 }).judged(stale).broken).toEqual(['age-is-told']);
    expect(after(1_900, { ageMs: 9_000 }).judged(stale).broken).toEqual(['age-is-told']);
    expect(after(400, { ageMs: 0 }).judged(stale).broken).toEqual([]);
  });

  it('is caught where it believes its connection as soon as it has it back', () => {
    const back = (how: object): Tale => after(1_900, { refused: true }).list(1, c, how);
    expect(back({ ageMs: 0 }).judged().broken).toEqual(['refuse-is-never-stale', 'age-is-told']);
    expect(back({ ageMs: 1_950 }).judged({ whenCut: 'stale' }).broken).not.toContain('age-is-told');
    expect(back({ refused: true }).judged().broken).toEqual([]);
  });

  it('says nothing where it was not asked long enough', () => {
    expect(after(900, { refused: true }).judged().unmet).toContain('was-cut-off');
    expect(after(1_900, { refused: true }).judged().unmet).not.toContain('was-cut-off');
  });
});

describe('a view that refuses', () => {
  it('is of no use while nothing is in the way', () => {
    const tale = lived();
    tale.act('load', () => void tale.list(1, c).list(1, c, { refused: true }));
    const { broken, story } = tale.judged();
    expect(broken).toEqual(['serves-while-connected']);
    expect(story('serves-while-connected')).toContain('1 of 2 reads');
  });
});

describe('the conditions', () => {
  it('are asked for of who follows a stream, and not of who asks the write side', () => {
    const { unmet } = new Tale().judged();
    expect(unmet).toContain('killed-in-the-middle');
    expect(new Tale().judged({ strategy: 'query-the-write-side' }).unmet).not.toContain(
      'killed-in-the-middle',
    );
  });

  it('are met by a view without a database where there is nothing to be met at', () => {
    const tale = new Tale();
    const crash = (point: string, met: boolean, keepsNothing: boolean): void =>
      tale.writer.note('crash', { point, met, keepsNothing, order: `o-${point}-1` });
    crash('batch', true, false);
    crash('effect', false, true);
    crash('commit', false, true);
    expect(tale.judged().unmet).not.toContain('killed-in-the-middle');
    crash('commit', false, false);
    expect(tale.judged().unmet).toContain('killed-in-the-middle');
  });

  it('know what came out of order from what came as it was told', () => {
    const relayed = (...versions: number[]): string[] => {
      const tale = new Tale();
      for (const version of versions)
        tale.writer.note('relayed', { how: 'in-place', name: 'OrderChanged', order: 'o', version });
      return tale.judged().unmet;
    };
    expect(relayed(1, 2, 3)).toContain('events-came-out-of-order');
    expect(relayed(3, 1, 2)).not.toContain('events-came-out-of-order');
  });
});
