import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import { duties, facts, isFact } from '../contract.js';
import type { Story } from '../story.js';

export function senderOf(name: string): string {
  if (isFact(name)) return facts[name];
  return Object.hasOwn(duties, name) ? 'orders' : '?';
}

export function toldAsOrdered({ tales }: Story): Finding {
  const rule: Text = {
    en: 'Every message tells the order as it was placed.',
    es: 'Cada mensaje cuenta el pedido tal como se hizo.',
  };
  const fields = ['customer', 'sku', 'quantity', 'amount', 'address'] as const;
  for (const { order, messages } of tales) {
    if (!order) continue;
    for (const { name, body, line } of messages) {
      const field = fields.find((one) => body[one] !== order[one]);
      const isOtherReason =
        name === 'OrderRejected' && order.status === 'REJECTED' && body['reason'] !== order.reason;
      if (field === undefined && !isOtherReason) continue;
      const [what, said, is] =
        field === undefined
          ? ['reason', body['reason'], order.reason]
          : [field, body[field], order[field]];
      const [a, b] = [JSON.stringify(said ?? null), JSON.stringify(is)];
      return finding('told-as-ordered', rule, {
        story: {
          en: `${name} of order ${order.id}, from ${senderOf(name)}, said ${what} ${a} (history line ${line}), and it is ${b}.`,
          es: `${name} del pedido ${order.id}, de ${senderOf(name)}, decía ${what} ${a} (línea ${line} del historial), y es ${b}.`,
        },
        lines: [line],
      });
    }
  }
  return finding('told-as-ordered', rule, undefined);
}
