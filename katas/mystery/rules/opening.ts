import type { History, Opening } from '../../../src/kata/index.js';
import type { Metrics } from '../notes.js';
import { ordersIn, type OrderSeen } from '../story.js';
import { isDropped, isRetried, slowestStatement, slowMs } from './signs.js';

/** So many orders are named. */
const named = 3;

/**
 * What the learner is told first: the same words for every cause. The orders that callers name are such
 * as something has happened to; where it happens to all, they are any.
 */
export function openingOf(history: History): Opening {
  const orders = ordersIn(history);
  const metrics = history.notes<Metrics>('metrics').flatMap(({ value: { role, samples } }) =>
    samples
      .filter(({ count, labels }) => count > 0 && !labels.includes('http_route="none"'))
      .map(({ name, labels, count, sum }) => ({
        ...{ role, name, labels, count },
        meanMs: (sum / count) * 1_000,
      })),
  );
  return {
    complaint: {
      en: 'Customers have called about their orders, and the colleague at the dashboards says that the figures can\'t be right. "Something with the shop", nobody knows more.',
      es: 'Han llamado clientes por sus pedidos, y quien mira los paneles dice que esas cifras no pueden ser. "Algo con la tienda", nadie sabe más.',
    },
    about: spread(troubled(orders)).map(({ order }) => order),
    metrics,
    outsideMs: orders.flatMap(({ outsideMs }) => outsideMs ?? []),
    sent: orders.length,
    accepted: orders.filter(({ accepted }) => accepted).length,
  };
}

/** What is lost tells more than what is slow: on a machine that is busy anything may be. */
const troubles = [
  isDropped,
  isRetried,
  (one: OrderSeen): boolean => slowestStatement(one) >= slowMs,
];

function troubled(orders: readonly OrderSeen[]): readonly OrderSeen[] {
  const found = troubles.map((trouble) => orders.filter(trouble));
  return found.find(({ length }) => length >= named) ?? orders;
}

/** From the whole of the run. */
function spread(orders: readonly OrderSeen[]): OrderSeen[] {
  return Array.from({ length: named }, (_, n) =>
    orders.at(Math.floor(((n + 0.5) * orders.length) / named)),
  ).flatMap((one) => one ?? []);
}
