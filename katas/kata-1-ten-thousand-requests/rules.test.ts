import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/kata/history.js';
import { History, type LoadNote } from '../../src/kata/index.js';
import { OrderBook } from './experiment/orders.js';
import { check } from './rules.js';

const options = { users: 100, mode: 'burst', requests: 50, ioMs: 100, cpuUs: 0 };

describe('the check of kata 1', () => {
  it('holds where all were answered, each with its own', () => {
    const { findings, coverage, figures } = checked([load()]);
    expect(findings.map(({ invariant }) => invariant)).toEqual([
      'answered-once',
      'own-answer',
      'waits',
      'computes',
    ]);
    expect(brokenIn([load()])).toEqual([]);
    expect(coverage.every(({ met }) => met)).toBe(true);
    expect(figures).toEqual({ inFlight: 100, lost: 0 });
  });

  it('tells how many were lost, and names one', () => {
    const problem = { kind: 'timeout', detail: 'no answer within 10 s' } as const;
    const events = [
      ...order({ type: 'unknown', value: null, problem }),
      load({ answered: 97, outcomes: { ok: 97, fail: 0, unknown: 3 } }),
    ];
    const [lost] = checked(events).findings;
    expect(brokenIn(events)).toEqual(['answered-once']);
    expect(lost?.witness?.story.en).toBe(
      '3 of 100 requests got no answer (o-7: no answer within 10 s).',
    );
    expect(lost?.witness?.lines).toEqual([2]);
  });

  it('tells that something came twice', () => {
    const value = { process: 1, request: 'POST /orders', received: 'HTTP/1.1 201' };
    const events = [note('unasked-answer', value), load({ unasked: 4 })];
    expect(brokenIn(events)).toEqual(['answered-once']);
    expect(checked(events).findings[0]?.witness?.story.en).toContain('4 times');
  });

  it('tells whose answer came instead', () => {
    const events = [
      ...order({ type: 'ok', value: { id: 'o-9', amount: 2 } }),
      load({ remarks: { 'another-order': 12 } }),
    ];
    const own = checked(events).findings[1];
    expect(brokenIn(events)).toEqual(['own-answer']);
    expect(own?.witness?.story.es).toBe(
      '12 respuestas son de otra petición. El usuario 6 envió o-7 (5) y recibió o-9 (2) (línea 2 del historial).',
    );
  });

  it('tells that nobody waited', () => {
    const events = [
      ...order({ type: 'ok', value: { id: 'o-7', tookMs: 3 } }),
      load({ remarks: { 'too-early': 100 } }),
    ];
    expect(brokenIn(events)).toEqual(['waits']);
  });

  it('takes for wanted what came due, where a load lasts for a time', () => {
    const lasting = { ...options, mode: 'open', duration: 2 };
    const allSent = (sent: number): boolean | undefined =>
      check(new History([load({ arrivals: 'open', wanted: 70, sent })]), lasting).coverage.find(
        ({ condition }) => condition === 'all-sent',
      )?.met;
    expect(allSent(70)).toBe(true);
    expect(allSent(69)).toBe(false);
    // A load that never came about proves nothing.
    expect(check(new History([]), lasting).coverage.some(({ met }) => met)).toBe(false);
  });

  it('knows the checksum, as the brief gives it', () => {
    const right = { id: 'o-17', checksum: 4048318093 };
    expect(brokenIn([load(), note('checksums', [right])])).toEqual([]);
    expect(brokenIn([load(), note('checksums', [{ ...right, checksum: 1 }])])).toEqual([
      'computes',
    ]);
    const worked = note('checksums', [{ id: 'o-17', checksum: 3630854553 }]);
    expect(brokenIn([load(), worked], { ...options, cpuUs: 20 })).toEqual([]);
  });

  it('says nothing where fewer were in flight than were to be', () => {
    const met = (events: HistoryEvent[], mode = 'burst') =>
      check(new History(events), { ...options, mode }).coverage.map((one) => one.met);
    expect(met([load({ mostInFlight: 99 })])).toEqual([true, false]);
    expect(met([load({ sent: 99, answered: 99 })])).toEqual([false, true]);
    expect(met([load({ sent: 50, answered: 50, mostInFlight: 50 })], 'closed')).toEqual([
      true,
      true,
    ]);
    expect(met([load({ sent: 50, answered: 50, mostInFlight: 3 })], 'open')).toEqual([true, true]);
    expect(met([load({ warmUp: true })])).toEqual([false, false]);
  });
});

describe('an order', () => {
  const read = (status: number, body: unknown, tookMs = 120) =>
    new OrderBook({ ioMs: 100 })
      .order(4, 'o-5')
      .read({ status, headers: {}, text: '…', tookMs, json: () => body });
  const right = { id: 'o-5', amount: 5, checksum: 1 };

  it('is read as the contract says', () => {
    expect(read(201, { ...right, more: true })).toEqual({ outcome: 'ok', value: { id: 'o-5' } });
    for (const wrong of [undefined, {}, { ...right, id: 5 }, { ...right, checksum: 'x' }])
      expect(read(201, wrong).outcome).toBe('unknown');
    expect(read(200, right).outcome).toBe('unknown');
    expect(read(500, right).outcome).toBe('unknown');
  });

  it('remarks on what belongs to somebody else, and on what came too early', () => {
    expect(read(201, { ...right, id: 'o-6' })).toMatchObject({ remark: 'another-order' });
    expect(read(201, { ...right, amount: 6 })).toMatchObject({ remark: 'another-order' });
    expect(read(201, right, 94)).toMatchObject({ outcome: 'ok', remark: 'too-early' });
    expect(read(201, right, 95)).not.toHaveProperty('remark');
  });
});

function checked(events: HistoryEvent[], changed = options) {
  return check(new History(events), changed);
}

function brokenIn(events: HistoryEvent[], changed = options): string[] {
  return checked(events, changed)
    .findings.filter(({ holds }) => !holds)
    .map(({ invariant }) => invariant);
}

function note(f: string, value: unknown): HistoryEvent {
  return { case: 0, at: 9, type: 'note', f, value };
}

function load(changes: Partial<LoadNote> = {}): HistoryEvent {
  const none = { timeout: 0, connection: 0, contract: 0 };
  const outcomes = { ok: 100, fail: 0, unknown: 0 };
  return note('load', {
    ...{ arrivals: 'burst', warmUp: false, connections: 100, wanted: 100 },
    ...{ sent: 100, answered: 100, outcomes, problems: none, remarks: {}, unasked: 0 },
    ...{ mostInFlight: 100, leftOut: { outcomes, problems: none } },
    ...changes,
  });
}

/** User 6 sends o-7, and this comes of it. */
function order(end: object): HistoryEvent[] {
  const common = { case: 0, op: 0, process: 6, f: 'order' };
  const asked = { id: 'o-7', amount: 5 };
  return [
    { ...common, at: 1, type: 'invoke', value: asked },
    { ...common, at: 2, ...end } as HistoryEvent,
  ];
}
