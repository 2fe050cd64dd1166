import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpanLink, SpanSeen } from '../telemetry.js';
import { graphsOf } from './span-graphs.js';

function span(id: string, more: Partial<SpanSeen> = {}): SpanSeen {
  return {
    ...{ service: 'api', traceId: 't1', spanId: id, name: id, kind: 'internal' },
    ...{ startUs: Number.parseInt(id, 36), endUs: 99, status: 'unset', attributes: {} },
    ...{ links: [], events: [], ...more },
  };
}

const namesIn = (graphs: ReturnType<typeof graphsOf>): string[][] =>
  graphs.map(({ spans }) => spans.map(({ spanId }) => spanId));

describe('span graphs', () => {
  it('join by parents, over services', () => {
    const spans = [span('2', { parentId: '1', service: 'worker' }), span('1')];
    expect(namesIn(graphsOf(spans))).toEqual([['1', '2']]);
  });

  it('join by links, over traces', () => {
    const linked = span('2', { traceId: 't2', links: [{ traceId: 't1', spanId: '1' }] });
    expect(graphsOf([span('1'), linked])).toMatchObject([{ traceIds: ['t1', 't2'], orphans: [] }]);
  });

  it('do not join by the trace id alone: there the thread is cut', () => {
    const lost = span('3', { parentId: '9' });
    const graphs = graphsOf([span('1'), lost]);
    expect(namesIn(graphs)).toEqual([['1'], ['3']]);
    expect(graphs[1]?.orphans).toEqual([lost]);
  });

  it('know the context of a client, of whose span nobody tells', () => {
    const client: SpanLink = { traceId: 't1', spanId: 'c' };
    const spans = [span('1', { parentId: 'c' }), span('2', { parentId: 'c' })];
    expect(graphsOf(spans, [client])).toMatchObject([{ clients: [client], orphans: [] }]);
    expect(graphsOf([], [client])).toEqual([]);
  });

  it('count a span once that was told twice', () => {
    expect(namesIn(graphsOf([span('1'), span('1')]))).toEqual([['1']]);
  });

  it('take every span up once, whatever the order and the edges', () => {
    const edges = fc.array(fc.tuple(fc.nat(20), fc.nat(24)), { maxLength: 40 });
    fc.assert(
      fc.property(edges, (given) => {
        const ids = Array.from({ length: 21 }, (_, n) => n.toString(36));
        const spans = ids.map((id, n) =>
          span(id, {
            links: given
              .filter(([from]) => from === n)
              .map(([, to]) => ({ traceId: 't1', spanId: to.toString(36) })),
          }),
        );
        const graphs = graphsOf(spans);
        expect(namesIn(graphs).flat().sort()).toEqual([...ids].sort());
        const graphOf = new Map(
          graphs.flatMap((graph, n) => graph.spans.map(({ spanId }) => [spanId, n])),
        );
        for (const [from, to] of given)
          if (to <= 20) expect(graphOf.get(from.toString(36))).toBe(graphOf.get(to.toString(36)));
        expect(
          namesIn(graphsOf([...spans].reverse()))
            .map((one) => one.join())
            .sort(),
        ).toEqual(
          namesIn(graphs)
            .map((one) => one.join())
            .sort(),
        );
      }),
    );
  });
});
