import { describe, expect, it } from 'vitest';
import type { Kata } from '../../kata/define.js';
import { History, type HistoryEvent } from '../../kata/history.js';
import type { SpanSeen } from '../../kata/telemetry.js';
import { outside, talksOf } from './architecture.js';

const kata = {
  programs: { orders: { queue: 'orders' }, payments: { queue: 'pay' }, shipping: {} },
  sequence: {
    parties: (name: string) =>
      name === 'Pay' ? { from: 'orders', to: ['payments'] } : { from: 'payments', to: ['orders'] },
  },
} as unknown as Kata;

const traceparent = (span: string): string => `00-${'a'.repeat(32)}-${span}-01`;

const note = (f: string, value: unknown): HistoryEvent => ({
  ...{ case: 0, at: 1, type: 'note', f, value },
});

const message = (id: string, key: string, span?: string): HistoryEvent =>
  note('observed', {
    queue: 'all',
    message: { id, key, headers: span === undefined ? {} : { traceparent: traceparent(span) } },
  });

const call = (method: string, path: string, span: string): HistoryEvent =>
  note('upstream-call', { n: 0, method, path, headers: { traceparent: traceparent(span) } });

const span = (spanId: string, service: string, rest: Partial<SpanSeen> = {}): SpanSeen => ({
  ...{ spanId, service, traceId: 'a'.repeat(32), name: 'x', kind: 'producer' },
  ...{ startUs: 1, endUs: 2, status: 'unset', attributes: {}, links: [], events: [] },
  ...rest,
});

const asked = (op: number, role?: string): HistoryEvent => ({
  ...{ case: 0, at: op, type: 'invoke', op, process: op, f: 'place', value: {} },
  ...(role !== undefined && { role }),
});

describe('who talked to whom', () => {
  it('counts requests, messages and calls, each message once', () => {
    const events = [
      ...[asked(1, 'orders'), asked(2, 'orders'), asked(3)],
      ...[message('m1', 'Pay'), message('m1', 'Pay'), message('m2', 'Pay'), message('m3', 'Paid')],
      ...[call('POST', '/charges', 'c1'), call('DELETE', '/parcels/o-1?x=1', 'c2')],
      call('DELETE', '/parcels/o-2', 'c2'),
    ];
    const spans = [span('c1', 'payments'), span('c2', 'shipping')];
    expect(talksOf(kata, new History(events, 1, spans), 'own')).toEqual([
      { kind: 'asks', from: 'client', to: 'orders', what: 'place', count: 2 },
      { kind: 'tells', from: 'orders', to: 'payments', queue: 'pay', what: 'Pay', count: 2 },
      { kind: 'tells', from: 'payments', to: 'orders', queue: 'orders', what: 'Paid', count: 1 },
      { kind: 'asks', from: 'payments', to: outside, what: 'POST /charges', count: 1 },
      { kind: 'asks', from: 'shipping', to: outside, what: 'DELETE /parcels/{id}', count: 2 },
    ]);
  });

  it('believes spans before the contract: who sent it, who took it', () => {
    const events = [message('m1', 'Pay', 'p1'), message('m2', 'Pay', 'p2')];
    const spans = [
      span('p1', 'shipping'),
      span('k1', 'orders', { kind: 'consumer', parentId: 'p1' }),
      span('k2', 'orders', { kind: 'consumer', links: [{ traceId: 't', spanId: 'p1' }] }),
      // Taken by nobody who told of it.
      span('p2', 'orders'),
    ];
    expect(talksOf(kata, new History(events, 1, spans), 'own')).toEqual([
      { kind: 'tells', from: 'shipping', to: 'orders', queue: 'orders', what: 'Pay', count: 1 },
      { kind: 'tells', from: 'orders', to: 'payments', queue: 'pay', what: 'Pay', count: 1 },
    ]);
  });

  it('draws no call of which nobody knows whose it was', () => {
    const events = [call('POST', '/charges', 'c1'), note('upstream-call', { headers: {} })];
    expect(talksOf(kata, new History(events.slice(0, 1)), 'own')).toEqual([]);
  });
});
