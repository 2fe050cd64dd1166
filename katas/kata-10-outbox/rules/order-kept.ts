import { finding, isOk, type CheckResult, type Text } from '../../../src/kata/index.js';
import type { Placed, Seen, Story } from '../story.js';

/**
 * Of one customer's orders, whoever was acknowledged before the next was sent comes first. Of a
 * repeated event the first delivery counts: a consumer drops the others. Orders under way at once
 * have no order, and neither has one that was never answered: it may take effect later.
 */
export function orderKept({ placed, byOrder }: Story): CheckResult['findings'][number] {
  const rule: Text = {
    en: 'The events of one customer come in the order of the orders.',
    es: 'Los eventos de un cliente llegan en el orden de sus pedidos.',
  };
  const pair = outOfOrder(byCustomer(placed), byOrder);
  if (!pair) return finding('order-kept', rule, undefined);
  const { before, after, late, early } = pair;
  const lines = [early.line, late.line];
  return finding('order-kept', rule, {
    story: {
      en: `${before.asked.customer} was told 201 for order ${before.asked.id} and placed ${after.asked.id} only then, but the event of ${after.asked.id} came first (history lines ${lines.join(' and ')}).`,
      es: `a ${before.asked.customer} se le respondió 201 por el pedido ${before.asked.id} y solo después hizo el ${after.asked.id}, pero el evento de ${after.asked.id} llegó antes (líneas ${lines.join(' y ')} del historial).`,
    },
    lines,
  });
}

interface Pair {
  readonly before: Placed;
  readonly after: Placed;
  readonly early: Seen;
  readonly late: Seen;
}

function outOfOrder(
  customers: Iterable<readonly Placed[]>,
  byOrder: Story['byOrder'],
): Pair | undefined {
  for (const orders of customers)
    for (const after of orders) {
      const early = byOrder.get(after.asked.id)?.[0];
      const found = early && overtaken(orders, byOrder, after, early);
      if (found) return found;
    }
  return undefined;
}

/** An order that was acknowledged before this one was sent, and whose event came after its. */
function overtaken(
  orders: readonly Placed[],
  byOrder: Story['byOrder'],
  after: Placed,
  early: Seen,
): Pair | undefined {
  for (const before of orders) {
    const late = byOrder.get(before.asked.id)?.[0];
    if (isOk(before) && before.end < after.start && late && late.line > early.line)
      return { before, after, early, late };
  }
  return undefined;
}

function byCustomer(placed: readonly Placed[]): Iterable<readonly Placed[]> {
  const customers = new Map<string, Placed[]>();
  for (const order of placed)
    customers.set(order.asked.customer, [...(customers.get(order.asked.customer) ?? []), order]);
  return customers.values();
}
