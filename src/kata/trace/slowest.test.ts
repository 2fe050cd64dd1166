import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../../test/support/history.js';
import { History } from '../history.js';
import type { SpanSeen } from '../telemetry.js';
import { threadOf } from './index.js';

/** Orders of so many milliseconds, one after the other. */
function served(...each: readonly number[]): History {
  const writer = new HistoryWriter();
  let atUs = 0;
  const spans = each.map((ms, n): SpanSeen => {
    const id = `order-${n}`;
    writer.complete(writer.invoke(0, 'place', { id }), 'ok', null);
    const startUs = atUs;
    atUs += ms * 1000 + 5;
    return {
      ...{ service: 'api', traceId: `t${n}`, spanId: 's', name: 'POST /orders', kind: 'server' },
      ...{ startUs, endUs: startUs + ms * 1000, status: 'unset', attributes: { 'order.id': id } },
      ...{ links: [], events: [] },
    };
  });
  return new History(writer.history().events, 1, spans);
}

describe('the slowest request', () => {
  it('is told with the next one where it was the first: programs start up meanwhile', () => {
    const thread = threadOf(served(2000, 30, 400), { by: 'slowest' });
    expect(thread).toMatchObject({
      names: ['order-0', 't0'],
      afterFirst: { name: 'order-2', ms: 400 },
    });
  });

  it('stands alone where it was not the first, or nobody else was seen', () => {
    for (const history of [served(30, 400, 20), served(2000)])
      expect(threadOf(history, { by: 'slowest' })).not.toHaveProperty('afterFirst');
    expect(threadOf(served(), { by: 'slowest' })).toBeUndefined();
  });

  it('is not told so where it was asked for by its name', () => {
    const thread = threadOf(served(2000, 30), { by: 'name', name: 'order-0' });
    expect(thread?.names).toContain('order-0');
    expect(thread).not.toHaveProperty('afterFirst');
  });
});
