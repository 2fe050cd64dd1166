import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../test/support/history.js';
import type { Moment } from './notes.js';
import { check } from './rules.js';

/** What became of one order. */
interface Fate {
  readonly customer?: string;
  readonly told?: 'ok' | 'refused' | 'unknown';
  readonly committed?: boolean;
  /** Message ids of its events, one for each delivery. */
  readonly events?: readonly string[];
}

interface Tale {
  readonly orders: readonly Fate[];
  readonly moments?: readonly Moment[];
  readonly outboxUsed?: boolean;
  /** Places in the list of orders, in which the events come; their own order where left out. */
  readonly delivered?: readonly number[];
  readonly extra?: (writer: HistoryWriter) => void;
}

const allMet: readonly Moment[] = (
  [
    ...(['publish', 'insert', 'outbox', 'commit', 'lost-before-commit'] as const),
    ...(['lost-after-commit', 'refused', 'mark', 'late-commit', 'outage'] as const),
  ] as const
).map((at) => ({ at, met: true, order: '' }));

function observe(writer: HistoryWriter, id: string, body: unknown, how: object = {}): void {
  const sent = { exchange: 'orders', key: 'order.placed', persistent: true, ...how };
  writer.note('observed', { queue: 'plan.observed', message: { id, body, ...sent } });
}

function judge({ orders, moments = allMet, outboxUsed = true, delivered, extra }: Tale) {
  const writer = new HistoryWriter();
  writer.note('load-begins', {});
  const named = orders.map((fate, n) => ({
    order: { id: `o-${n}`, customer: fate.customer ?? `c-${n}`, amount: 10 + n },
    ...{ told: 'ok' as const, committed: true, events: [`e-${n}`] },
    ...fate,
  }));
  for (const { order, told } of named) {
    const op = writer.invoke(0, 'place', order);
    if (told === 'ok') writer.complete(op, 'ok', { status: 201 });
    else if (told === 'refused') writer.complete(op, 'fail', { reason: 'unavailable' });
    else writer.unknown(op, { kind: 'connection', detail: 'ECONNRESET' });
  }
  writer.note('load-ends', {});
  for (const n of delivered ?? named.map((_, index) => index)) {
    const one = named[n];
    for (const id of one?.events ?? []) observe(writer, id, one?.order);
  }
  for (const moment of moments) writer.note('moment', moment);
  extra?.(writer);
  const committed = named.filter((one) => one.committed).map(({ order }) => order);
  writer.note('final', { orders: committed, outboxUsed });
  const result = check(writer.history());
  return { ...result, broken: result.findings.filter((f) => !f.holds).map((f) => f.invariant) };
}

const story = (result: ReturnType<typeof judge>, invariant: string): string =>
  result.findings.find((one) => one.invariant === invariant)?.witness?.story.en ?? '';

describe('an outbox that works', () => {
  it('holds, with every point met', () => {
    const result = judge({ orders: [{}, {}, {}] });
    expect(result.broken).toEqual([]);
    expect(result.coverage.every(({ met }) => met)).toBe(true);
    expect(result.figures).toMatchObject({ orders: 3, lost: 0, phantom: 0, duplicates: 0 });
  });

  it('may deliver an event again, under the same id', () => {
    const result = judge({ orders: [{ events: ['e', 'e', 'e'] }] });
    expect(result.broken).toEqual([]);
    expect(result.figures).toMatchObject({ duplicates: 2 });
  });

  it('may have stored, or not, what was never answered; then with its event, or without', () => {
    expect(
      judge({
        orders: [{ told: 'unknown' }, { told: 'unknown', committed: false, events: [] }],
      }).broken,
    ).toEqual([]);
  });

  it('may deliver orders of several customers in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (delivered) => {
        expect(judge({ orders: [{}, {}, {}, {}], delivered }).broken).toEqual([]);
      }),
    );
  });

  it('may repeat an old event after a newer one of the same customer', () => {
    const orders = [{ customer: 'c' }, { customer: 'c' }];
    expect(judge({ orders, delivered: [0, 1, 0] }).broken).toEqual([]);
  });
});

describe('a committed order without an event', () => {
  it.each(['ok', 'unknown'] as const)('is lost, also where the client was told: %s', (told) => {
    const result = judge({ orders: [{}, { told, events: [] }] });
    expect(result.broken).toEqual(['no-lost-event']);
    expect(story(result, 'no-lost-event')).toContain('o-1');
    expect(result.figures).toMatchObject({ lost: 1 });
  });

  it('is explained by the point at which it was lost', () => {
    const moments = [...allMet, { at: 'late-commit' as const, met: true, order: 'o-0' }];
    const result = judge({ orders: [{ events: [] }], moments });
    expect(story(result, 'no-lost-event')).toContain('committed last');
  });
});

describe('an event without a committed order', () => {
  it('is a phantom', () => {
    const result = judge({ orders: [{ told: 'unknown', committed: false }] });
    expect(result.broken).toEqual(['no-phantom-event']);
    expect(result.figures).toMatchObject({ phantom: 1 });
  });

  it('is one also where it tells of nothing', () => {
    const extra = (writer: HistoryWriter) => observe(writer, 'x', 'hello');
    expect(judge({ orders: [{}], extra }).broken).toEqual(['no-phantom-event']);
  });
});

describe('an event', () => {
  it('that tells another amount is caught', () => {
    const body = { id: 'o-0', customer: 'c-0', amount: 11 };
    const extra = (writer: HistoryWriter) => observe(writer, 'e-0', body);
    expect(judge({ orders: [{}], extra }).broken).toEqual(['event-as-ordered']);
  });

  it.each([
    ['with another key', { key: 'order.created' }, /order\.created/],
    ['to another exchange', { exchange: '' }, /went to ""/],
    ['that a broker forgets', { persistent: false }, /not persistent/],
    ['that expires', { expirationMs: 3_000 }, /expires after 3000 ms/],
  ])('%s is caught', (_, how, told) => {
    const body = { id: 'o-0', customer: 'c-0', amount: 10 };
    const extra = (writer: HistoryWriter) => observe(writer, 'e-0', body, how);
    const result = judge({ orders: [{}], extra });
    expect(result.broken).toEqual(['sent-as-agreed']);
    expect(story(result, 'sent-as-agreed')).toMatch(told);
  });

  it('of a run from before persistence was taken down is not judged by it', () => {
    const body = { id: 'o-0', customer: 'c-0', amount: 10 };
    const extra = (writer: HistoryWriter) =>
      observe(writer, 'e-0', body, { persistent: undefined });
    expect(judge({ orders: [{}], extra }).broken).toEqual([]);
  });

  it.each([
    ['without a message id', [{ events: [''] }]],
    ['that comes again under another id', [{ events: ['a', 'b'] }]],
    ['that shares its id with another order', [{ events: ['a'] }, { events: ['a'] }]],
  ])('%s can not be told from another', (_, orders) => {
    expect(judge({ orders }).broken).toEqual(['duplicates-are-recognisable']);
  });
});

describe('the orders of one customer', () => {
  const customer = 'c';

  it('come in their order', () => {
    const result = judge({ orders: [{ customer }, {}, { customer }], delivered: [2, 1, 0] });
    expect(result.broken).toEqual(['order-kept']);
    expect(story(result, 'order-kept')).toContain('o-2 came first');
  });

  it('have none after one that was never answered', () => {
    const orders = [{ customer, told: 'unknown' as const }, { customer }];
    expect(judge({ orders, delivered: [1, 0] }).broken).toEqual([]);
  });

  it('are caught whichever two are swapped', () => {
    const swapped = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(swapped, ([a, b]) => {
        const delivered = [0, 1, 2, 3, 4];
        [delivered[a], delivered[b]] = [b, a];
        const orders = Array.from({ length: 5 }, () => ({ customer }));
        expect(judge({ orders, delivered }).broken).toEqual(a === b ? [] : ['order-kept']);
      }),
    );
  });
});

describe('what the client was told', () => {
  it('is stored when it was 201', () => {
    expect(judge({ orders: [{ committed: false, events: [] }] }).broken).toEqual([
      'acknowledged-is-committed',
    ]);
  });

  it('is not stored when it was refused', () => {
    expect(judge({ orders: [{ told: 'refused' }] }).broken).toEqual(['refused-is-not-committed']);
    const nothing = { told: 'refused' as const, committed: false, events: [] };
    expect(judge({ orders: [nothing] }).broken).toEqual([]);
  });

  it('may be refused when it comes again: it is stored since the first time', () => {
    const extra = (writer: HistoryWriter) => {
      const op = writer.invoke(1, 'place', { id: 'o-0', customer: 'c-0', amount: 10 });
      writer.complete(op, 'fail', { reason: 'unavailable' });
    };
    expect(judge({ orders: [{}], extra }).broken).toEqual([]);
  });
});

describe('an event that is late', () => {
  it.each([
    ['also where it comes in the end', ['e'], /came later/],
    ['as is one that never comes', [], /had not come/],
  ])('is caught, %s', (_, events, told) => {
    const extra = (writer: HistoryWriter) => writer.note('late', { order: 'o-0' });
    const result = judge({ orders: [{ events }], extra });
    expect(result.broken).toContain('event-in-time');
    expect(story(result, 'event-in-time')).toMatch(told);
  });
});

describe('an order that is asked for again', () => {
  const again = (writer: HistoryWriter, told: 'ok' | 'fail') => {
    const op = writer.invoke(1, 'place', { id: 'o-0', customer: 'c-0', amount: 10 });
    writer.complete(op, told, told === 'ok' ? { status: 201 } : { reason: 'unavailable' });
    writer.note('asked-again', { order: 'o-0', taken: told === 'ok' });
  };

  it('has to be taken in the end', () => {
    const orders = [{ told: 'unknown' as const }];
    expect(judge({ orders, extra: (writer) => again(writer, 'ok') }).broken).toEqual([]);
    const never = judge({ orders, extra: (writer) => again(writer, 'fail') });
    expect(never.broken).toEqual(['asked-again-is-taken']);
    expect(story(never, 'asked-again-is-taken')).toContain('o-0');
  });

  it('may be refused where the time without an answer has stored it', () => {
    const orders = [{ told: 'unknown' as const }];
    const refused = judge({ orders, extra: (writer) => again(writer, 'fail') });
    expect(refused.broken).not.toContain('refused-is-not-committed');
  });

  it('may not be refused at first where the lab saw it stored by then', () => {
    const orders = [{ told: 'refused' as const }];
    const extra = (writer: HistoryWriter) => {
      writer.note('seen-committed', { order: 'o-0' });
      again(writer, 'ok');
    };
    expect(judge({ orders, extra }).broken).toEqual(['refused-is-not-committed']);
    expect(judge({ orders, extra: (writer) => again(writer, 'ok') }).broken).toEqual([]);
  });

  it('was refused each time, and yet is stored', () => {
    const orders = [{ told: 'refused' as const }];
    const refused = judge({ orders, extra: (writer) => again(writer, 'fail') });
    expect(refused.broken).toContain('refused-is-not-committed');
  });
});

describe('an event that the broker always refuses', () => {
  const customer = 'c';
  const orders = [{ customer, events: [] }, { customer, events: [] }, {}];
  const note = { order: 'o-0', behind: 'o-1', others: ['o-2'], heldUp: [] };

  it('need not come, nor what stands behind it', () => {
    const extra = (writer: HistoryWriter) => writer.note('never-taken', note);
    const result = judge({ orders, extra });
    expect(result.broken).toEqual([]);
    expect(result.figures).toMatchObject({ lost: 0 });
  });

  it('may hold up nobody else', () => {
    const extra = (writer: HistoryWriter) =>
      writer.note('never-taken', { ...note, heldUp: ['o-2'] });
    const result = judge({ orders, extra });
    expect(result.broken).toEqual(['others-go-on']);
    expect(story(result, 'others-go-on')).toContain('o-2');
  });

  it('is not passed by a later one of its customer', () => {
    const passed = [{ customer, events: [] }, { customer }, {}];
    const extra = (writer: HistoryWriter) => writer.note('never-taken', note);
    expect(judge({ orders: passed, extra }).broken).toEqual(['others-go-on']);
  });

  it('is not asked for otherwise', () => {
    expect(judge({ orders: [{}] }).findings.map(({ invariant }) => invariant)).not.toContain(
      'others-go-on',
    );
  });
});

describe('a point that was not met', () => {
  it.each(allMet.map(({ at }) => at))('%s leaves the run without a verdict', (missing) => {
    const moments = allMet.map((moment) => ({ ...moment, met: moment.at !== missing }));
    const unmet = judge({ orders: [{}], moments }).coverage.filter(({ met }) => !met);
    expect(unmet).toHaveLength(1);
  });

  it('is not asked for where a program has no outbox', () => {
    const moments = allMet.map((moment) => ({
      ...moment,
      met: moment.at !== 'outbox' && moment.at !== 'late-commit',
    }));
    const { coverage } = judge({ orders: [{}], moments, outboxUsed: false });
    expect(coverage.every(({ met }) => met)).toBe(true);
  });
});

it('needs a final state', () => {
  expect(() => check(new HistoryWriter().history())).toThrow('final state');
});

describe('what comes while the broker is down', () => {
  it('tells how many events a second relays bring', () => {
    const writer = new HistoryWriter();
    const orders = Array.from({ length: 21 }, (_, n) => ({
      id: `o-${n}`,
      customer: 'c',
      amount: 1,
    }));
    writer.note('backlog-begins', {});
    for (const order of orders)
      writer.complete(writer.invoke(0, 'place', order), 'ok', { status: 201 });
    writer.note('backlog-ends', {});
    for (const order of orders) observe(writer, order.id, order);
    writer.note('final', { orders, outboxUsed: true });
    const { at: from } = writer.history().notes('observed')[0] ?? { at: 0 };
    const { at: to } = writer.history().notes('observed').at(-1) ?? { at: 0 };
    const { eventsPerSecond } = check(writer.history()).figures;
    expect(eventsPerSecond).toBe(Math.round(20 / ((to - from) / 1_000_000)));
  });

  it('tells nothing where orders were refused', () => {
    expect(judge({ orders: [{}] }).figures).not.toHaveProperty('eventsPerSecond');
  });
});
