import type { SpanSeen } from '../../../src/kata/index.js';
import { orderAttribute } from '../contract.js';
import type { Placed } from '../story.js';

export const msOf = ({ startUs, endUs }: SpanSeen): number => (endUs - startUs) / 1000;

export function serverOf({ graphs, order }: Placed): SpanSeen | undefined {
  return graphs
    .flatMap(({ spans }) => spans)
    .find(
      ({ kind, service, attributes }) =>
        kind === 'server' && service === 'api' && attributes[orderAttribute] === order,
    );
}

export function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
