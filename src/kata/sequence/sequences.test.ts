import { describe, expect, it } from 'vitest';
import { History, type HistoryEvent } from '../history.js';
import { sequencesOf, tellingSequence, type SequenceSpec } from './index.js';
import type { Step } from './types.js';

const role = { title: { en: 'r', es: 'r' }, languages: ['node'] } as const;
const sequence: SequenceSpec = {
  subject: { en: 'order', es: 'pedido' },
  fields: ['order', 'id'],
  effects: { order: { orders: { subject: 'id', shows: ['status'] } } },
  ends: ['orders CONFIRMED'],
  parties: (name, strategy) =>
    name === 'OrderCreated'
      ? { from: 'order', to: strategy === 'events' ? ['payment', 'stock'] : [] }
      : undefined,
};
const kata = { programs: { order: role, payment: role, stock: role }, sequence };

const note = (at: number, f: string, value: unknown): HistoryEvent => ({
  ...{ case: 0, at, type: 'note', f, value },
});
const message = (at: number, key: string, id: string, body: unknown): HistoryEvent => {
  const rest = { headers: {}, exchange: 'events', redelivered: false, deaths: [] };
  return note(at, 'observed', { queue: 'plan.observed', message: { key, id, body, ...rest } });
};
const request = (op: number, from: number, to: number, order: string): HistoryEvent[] => [
  {
    ...{ case: 0, at: from, type: 'invoke', op, process: 1, role: 'order', f: 'place' },
    value: { id: order },
  },
  { case: 0, at: to, type: 'ok', op, process: 1, f: 'place', value: { status: 'PENDING' } },
];
const effect = (at: number, table: string, subject: string, shown: string): HistoryEvent =>
  note(90_000, 'effect', { role: 'order', table, change: 'insert', subject, shown, at });

const whats = ({ steps }: { steps: readonly Step[] }): string[] => steps.map(({ what }) => what);

describe('the sequence of a subject', () => {
  const history = new History(
    [
      ...request(0, 1_000, 5_000, 'o-1'),
      message(6_000, 'OrderCreated', 'm-1', { order: 'o-1' }),
      note(6_500, 'call', {
        ...{ n: 0, from: 'order', to: 'payment', method: 'POST', path: '/payments' },
        body: { order: 'o-1' },
      }),
      note(7_000, 'program-killed', { pid: 1, role: 'payment' }),
      note(7_500, 'call-ended', { n: 0, problem: 'ECONNRESET' }),
      message(8_000, 'OrderCreated', 'm-1', { order: 'o-1' }),
      message(9_000, 'Unheard', 'm-2', { order: 'o-2' }),
      message(9_500, 'OrderCreated', 'm-3', 'no JSON'),
      effect(4_000, 'orders', 'o-1', 'PENDING'),
      effect(8_500, 'orders', 'o-1', 'CONFIRMED'),
    ],
    101,
  );
  const all = sequencesOf(kata, history, 'events');

  it('has what was asked, told, called and done, and what befell meanwhile, by time', () => {
    const [first] = all;
    expect(whats(first ?? { steps: [] })).toEqual([
      ...['place', 'orders PENDING', 'PENDING', 'OrderCreated', 'POST /payments', 'killed'],
      ...['ECONNRESET', 'OrderCreated', 'orders CONFIRMED'],
    ]);
    expect(first?.end).toBe('orders CONFIRMED');
    expect(first?.lanes).toEqual(['client', 'order', 'payment', 'stock']);
    expect(first?.steps[0]).toMatchObject({ from: 'client', to: ['order'], line: 101 });
  });

  it('marks what came before, and leaves open who sent what no contract knows', () => {
    const [first, second] = all;
    const told = (first?.steps ?? []).filter(({ kind }) => kind === 'tells');
    expect(told.map((step) => 'again' in step)).toEqual([false, true]);
    expect(second).toMatchObject({ subject: 'o-2', lanes: ['?'] });
    expect(second?.end).toBeUndefined();
  });

  it('takes as receivers those of the strategy', () => {
    const [first] = sequencesOf(kata, history, 'calls');
    expect(first?.lanes).toEqual(['client', 'order', 'payment']);
  });

  it('has nothing of a kata that says nothing of it', () => {
    expect(sequencesOf({ programs: kata.programs }, history, 'events')).toEqual([]);
  });

  it('tells of what the witness is about, else of what did not end', () => {
    expect(tellingSequence(all, [103])?.subject).toBe('o-1');
    expect(tellingSequence(all, [])?.subject).toBe('o-2');
    expect(tellingSequence([], [1])).toBeUndefined();
  });

  it('passes over whom somebody only asked for', () => {
    const asked = sequencesOf(kata, new History(request(0, 1_000, 2_000, 'nobody')), 'events');
    const ended = all.filter(({ end }) => end !== undefined);
    expect(tellingSequence([...asked, ...ended], [])?.subject).toBe('o-1');
    expect(tellingSequence(asked, [])?.subject).toBe('nobody');
  });

  it('keeps a request that never ended open', () => {
    const [asked] = request(0, 1_000, 5_000, 'o-3');
    const [one] = sequencesOf(kata, new History(asked ? [asked] : []), 'events');
    expect(whats(one ?? { steps: [] })).toEqual(['place']);
  });
});
