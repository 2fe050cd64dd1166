import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../test/support/history.js';
import { orderOf, type Abandoned, type Order } from './notes.js';
import { check } from './rules.js';

type Replica = 'A' | 'B';
const replicas: readonly Replica[] = ['A', 'B'];
const retriedOrder: Order = { id: 'o-retried', item: 'teapot' };

/** What the service does with one order. */
interface Fate {
  readonly told: 'ok' | 'timeout';
  /** Who finds it before the restart, and after; nobody, where it is placed later. */
  readonly before: readonly Replica[];
  readonly after: readonly Replica[];
  readonly calls: number;
  readonly item?: string;
  readonly rows?: number;
}

const kept: Fate = { told: 'ok', before: replicas, after: replicas, calls: 1 };

/** A whole experiment, of a service that is right except where a test breaks it. */
interface Tale {
  early: Fate[];
  late: Fate[];
  retried: Fate;
  abandoned: Pick<Abandoned, 'outcome' | 'status'>;
  strangerFound: boolean;
  strangerRow: boolean;
  strangerCall: string | undefined;
  /** What else is in the history, once the first orders are placed. */
  more: (writer: HistoryWriter) => void;
  /** Undefined for a run of before, in which upstream's answers were not written down. */
  upstreamSays: number | null | undefined;
}

function rightTale(early: Fate[] = [kept, kept, kept], late: Fate[] = [kept]): Tale {
  return {
    early,
    late,
    retried: { ...kept, calls: 2 },
    abandoned: { outcome: 'gave-up', status: null },
    strangerFound: false,
    strangerRow: false,
    strangerCall: undefined,
    more: () => undefined,
    upstreamSays: 200,
  };
}

function judge(tale: Tale, firstLine = 1) {
  const writer = new HistoryWriter();
  const early = tale.early.map((fate, n) => ({ fate, order: named(`o-${n + 1}`) }));
  const late = tale.late.map((fate, n) => ({ fate, order: named(`o-${n + 101}`) }));
  const retried = { fate: tale.retried, order: retriedOrder };

  early.forEach(({ fate, order }, n) =>
    place(writer, order, fate, n % 2 === 0 ? 'A' : 'B', tale.upstreamSays),
  );
  tale.more(writer);
  writer.note('abandoned', { order: retriedOrder, replica: 'A', ...tale.abandoned });
  place(writer, retriedOrder, tale.retried, 'B', tale.upstreamSays);
  readAll(writer, [...early, retried], 'before', tale.strangerFound);
  writer.note('restart', { restart: 'stop' });
  late.forEach(({ fate, order }) => place(writer, order, fate, 'A', tale.upstreamSays));
  readAll(writer, [...early, ...late, retried], 'after', false);
  if (tale.strangerCall !== undefined) call(writer, tale.strangerCall);
  const rows = [...early, ...late, retried].flatMap(({ fate, order }) =>
    Array.from({ length: fate.rows ?? 1 }, () => order),
  );
  writer.note('final', { rows: tale.strangerRow ? [...rows, named('ghost')] : rows });
  return check(writer.history(firstLine));
}

const named = (id: string): Order => ({ id, item: 'lamp' });

function place(
  writer: HistoryWriter,
  order: Order,
  fate: Fate,
  replica: Replica,
  says: Tale['upstreamSays'],
): void {
  const op = writer.invoke(0, 'place', { ...order, replica });
  for (let n = 0; n < fate.calls; n++) {
    call(writer, JSON.stringify({ order: order.id }));
    if (says !== undefined)
      writer.note('upstream-said', { call: n, order: order.id, status: says });
  }
  if (fate.told === 'ok') writer.complete(op, 'ok', order);
  else writer.unknown(op, { kind: 'timeout', detail: 'no answer' });
}

function call(writer: HistoryWriter, text: string): void {
  writer.note('upstream-call', { n: 0, method: 'POST', path: '/confirmations', headers: {}, text });
}

function readAll(
  writer: HistoryWriter,
  orders: readonly { fate: Fate; order: Order }[],
  when: 'before' | 'after',
  strangerFound: boolean,
): void {
  for (const replica of replicas) {
    for (const { fate, order } of orders) {
      const op = writer.invoke(0, 'read', { id: order.id, replica });
      const item = fate.item ?? order.item;
      if (fate[when].includes(replica)) writer.complete(op, 'ok', { id: order.id, item });
      else writer.complete(op, 'fail', { reason: 'not-found' });
    }
    const op = writer.invoke(0, 'read', { id: 'o-never-sent', replica });
    if (strangerFound) writer.complete(op, 'ok', named('o-never-sent'));
    else writer.complete(op, 'fail', { reason: 'not-found' });
  }
}

function broken(tale: Tale): string[] {
  return judge(tale)
    .findings.filter((one) => !one.holds)
    .map((one) => one.invariant);
}

function storyOf(tale: Tale, invariant: string, firstLine = 1) {
  return judge(tale, firstLine).findings.find((one) => one.invariant === invariant)?.witness;
}

describe('the checker of kata 0', () => {
  it('finds nothing wrong with a right service, and counts what was seen from outside', () => {
    const result = judge(rightTale());
    expect(result.findings.filter((one) => !one.holds)).toEqual([]);
    expect(result.findings).toHaveLength(5);
    expect(result.coverage.every((condition) => condition.met)).toBe(true);
    expect(result.figures).toEqual({ acknowledged: 5, rows: 5, calls: 6, repeatedCalls: 1 });
  });

  it('names who acknowledged the order and who does not know it, with their lines', () => {
    const tale = rightTale([kept, { ...kept, before: ['B'] }]);
    expect(broken(tale)).toEqual(['readable-from-every-replica']);
    // Four lines each: o-1 on 1 to 4, o-2 on 5 to 8; A is asked for o-2 on lines 18 and 19.
    const witness = storyOf(tale, 'readable-from-every-replica');
    expect(witness?.lines).toEqual([8, 19]);
    expect(witness?.story.en).toContain(
      'o-2 was acknowledged by replica B (history line 8), and replica A answers 404',
    );
    expect(storyOf(tale, 'readable-from-every-replica', 101)?.lines).toEqual([108, 119]);
  });

  it('says that it was the same replica', () => {
    const tale = rightTale([{ ...kept, before: [] }, kept]);
    const story = storyOf(tale, 'readable-from-every-replica')?.story;
    expect(story?.en).toContain('the same replica answers 404');
    expect(story?.es).toContain('la misma réplica responde 404');
  });

  it('tells what the restart lost', () => {
    const tale = rightTale([kept, { ...kept, after: ['B'] }]);
    expect(broken(tale)).toEqual(['survives-the-restart']);
    expect(storyOf(tale, 'survives-the-restart')?.story.en).toContain('after the restart');
  });

  it.each<[string, (tale: Tale) => void, string[]]>([
    [
      'an order placed after the restart that one replica does not know',
      (tale) => (tale.late = [{ ...kept, after: ['A'] }]),
      ['readable-from-every-replica'],
    ],
    [
      'orders that each replica keeps for itself',
      (tale) => (tale.early = [{ ...kept, before: ['A'], after: [] }]),
      ['readable-from-every-replica', 'survives-the-restart'],
    ],
    [
      'the retried order, gone',
      (tale) => (tale.retried = { ...kept, calls: 2, after: [] }),
      ['survives-the-restart'],
    ],
    [
      'an order that became another',
      (tale) => (tale.early = [{ ...kept, item: 'chair' }]),
      ['reads-back-as-sent'],
    ],
    [
      'an order that upstream never heard of',
      (tale) => (tale.late = [{ ...kept, calls: 0 }]),
      ['confirmed-upstream'],
    ],
    ['an answer for everything', (tale) => (tale.strangerFound = true), ['nothing-invented']],
    ['a row of nobody', (tale) => (tale.strangerRow = true), ['nothing-invented']],
    [
      'a confirmation of nobody',
      (tale) => (tale.strangerCall = '{"order": "ghost"}'),
      ['nothing-invented'],
    ],
    ['a call about nothing', (tale) => (tale.strangerCall = 'hello'), ['nothing-invented']],
    [
      'an abandoned order that was acknowledged after all, and is gone',
      (tale) => {
        tale.abandoned = { outcome: 'answered', status: 201 };
        tale.retried = { told: 'timeout', before: [], after: [], calls: 1 };
        tale.more = (writer) =>
          writer.note('upstream-said', { call: 9, order: retriedOrder.id, status: 200 });
      },
      ['readable-from-every-replica', 'survives-the-restart'],
    ],
  ])('catches %s', (_, spoil, expected) => {
    const tale = rightTale();
    spoil(tale);
    expect(broken(tale)).toEqual(expected);
  });

  it.each<[string, Tale['upstreamSays'], string[], string | undefined]>([
    ['refused', 503, ['confirmed-upstream'], 'has confirmed none of the calls'],
    ['broke off', null, ['confirmed-upstream'], 'has confirmed none of the calls'],
    ['was not listened to, in a run of before', undefined, [], undefined],
  ])('knows that upstream %s', (_, upstreamSays, expected, words) => {
    const tale = { ...rightTale(), upstreamSays };
    expect(broken(tale)).toEqual(expected);
    if (words !== undefined) expect(storyOf(tale, 'confirmed-upstream')?.story.en).toContain(words);
  });

  it('catches an answer that upstream confirms only afterwards', () => {
    const tale = rightTale();
    tale.early = [kept, { ...kept, calls: 0 }];
    tale.more = (writer) => {
      call(writer, '{"order": "o-2"}');
      writer.note('upstream-said', { call: 9, order: 'o-2', status: 200 });
    };
    expect(broken(tale)).toEqual(['confirmed-upstream']);
    expect(storyOf(tale, 'confirmed-upstream')?.story.en).toContain('only after that');
  });

  it('catches what is told of an order and was never sent with it', () => {
    const asAnother = (item: string) => (writer: HistoryWriter) => {
      const op = writer.invoke(0, 'place-another', { id: 'o-1', item: 'mug', replica: 'A' });
      writer.complete(op, 'ok', { id: 'o-1', item });
    };
    expect(broken({ ...rightTale(), more: asAnother('lamp') })).toEqual([]);
    const promised = { ...rightTale(), more: asAnother('mug') };
    expect(broken(promised)).toEqual(['reads-back-as-sent']);
    expect(storyOf(promised, 'reads-back-as-sent')?.story.en).toContain('first sent with the item');
  });

  it('says that what appeared was no order', () => {
    const tale = rightTale();
    tale.more = (writer) => {
      const op = writer.invoke(0, 'place-none', { id: 'o-half', body: '{', replica: 'B' });
      writer.complete(op, 'fail', { reason: 'no-order' });
    };
    expect(broken(tale)).toEqual([]);
    tale.strangerCall = '{"order": "o-half"}';
    expect(broken(tale)).toEqual(['nothing-invented']);
    expect(storyOf(tale, 'nothing-invented')?.story.en).toContain('was no order');
  });

  it('lets calls repeat and rows be missing: readers and upstream are the judges', () => {
    const tale = rightTale([
      { ...kept, calls: 3 },
      { ...kept, rows: 0 },
    ]);
    expect(broken(tale)).toEqual([]);
    expect(judge(tale).figures).toMatchObject({ repeatedCalls: 3, rows: 3 });
  });

  it('says what did not come about', () => {
    const tale = rightTale([]);
    tale.abandoned = { outcome: 'no-answer', status: null };
    tale.more = (writer) => writer.note('came', { condition: 'upstream-refused', met: false });
    const unmet = judge(tale).coverage.filter((condition) => !condition.met);
    expect(unmet.map(({ condition }) => condition)).toEqual([
      'request-retried',
      'acknowledged-by-both-before-the-restart',
      'upstream-refused',
    ]);
  });

  it('knows no verdict without the end of the story', () => {
    expect(() => check(new HistoryWriter().history())).toThrow('no final state');
  });

  const someReplicas = fc.subarray([...replicas]);
  const unanswered: fc.Arbitrary<Fate> = fc.record({
    told: fc.constant('timeout' as const),
    before: someReplicas,
    after: someReplicas,
    calls: fc.nat(2),
    rows: fc.nat(1),
  });
  const right = fc.record({
    told: fc.constant('ok' as const),
    before: fc.constant(replicas),
    after: fc.constant(replicas),
    calls: fc.integer({ min: 1, max: 3 }),
  });

  it('takes no side about orders without an answer', () => {
    const fates = fc.array(fc.oneof(right, unanswered), { maxLength: 15 });
    fc.assert(
      fc.property(fates, fates, (early, late) => {
        expect(broken(rightTale(early, late))).toEqual([]);
      }),
    );
  });

  it('never passes a service that forgot one acknowledged order on one replica', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(right, unanswered), { maxLength: 15 }),
        fc.nat(15),
        fc.constantFrom('before', 'after'),
        fc.constantFrom('A', 'B'),
        (fates, position, when, replica) => {
          const forgotten = { ...kept, [when]: replicas.filter((one) => one !== replica) };
          const early = fates.toSpliced(position, 0, forgotten);
          expect(broken(rightTale(early))).toEqual([
            when === 'before' ? 'readable-from-every-replica' : 'survives-the-restart',
          ]);
        },
      ),
    );
  });

  it('reads an order out of a call, whatever came', () => {
    const told = { n: 0, method: 'POST', path: '/confirmations', headers: {} };
    expect(orderOf({ ...told, text: '{"order":"o-1"}' })).toBe('o-1');
    expect(orderOf({ ...told, path: '/other', text: '{"order":"o-1"}' })).toBeUndefined();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(['string', 'undefined']).toContain(typeof orderOf({ ...told, text }));
      }),
    );
  });
});
