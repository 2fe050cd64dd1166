import { y, finding, type Finding, type Text } from '../../../src/kata/index.js';
import { duties, facts, isFact } from '../contract.js';
import type { Seen, Story } from '../story.js';

export function senderOf({ name }: Pick<Seen, 'name'>): string {
  if (isFact(name)) return facts[name];
  return Object.hasOwn(duties, name) ? 'order' : '?';
}

export function toldAsOrdered({ tales }: Story): Finding {
  const rule: Text = {
    en: 'Every message tells the order as it was placed.',
    es: 'Cada mensaje cuenta el pedido tal como se hizo.',
  };
  for (const { row, messages } of tales) {
    const wrong = messages.find(
      (one) =>
        row &&
        (one.customer !== row.customer ||
          one.sku !== row.sku ||
          one.quantity !== row.quantity ||
          one.amount !== row.amount ||
          (one.name === 'OrderRejected' && row.status === 'REJECTED' && one.reason !== row.reason)),
    );
    if (!row || !wrong) continue;
    const shown = ({ customer, sku, quantity, amount }: Partial<Seen>): string =>
      [customer, sku, quantity, amount].map((one) => String(one ?? '?')).join(', ');
    return finding('told-as-ordered', rule, {
      story: {
        en: `order ${row.id} is (${shown(row)}${row.reason ? `, ${row.reason}` : ''}), and ${wrong.name} from ${senderOf(wrong)} said (${shown(wrong)}${wrong.reason === undefined ? '' : `, ${JSON.stringify(wrong.reason)}`}) (history line ${wrong.line}).`,
        es: `el pedido ${row.id} es (${shown(row)}${row.reason ? `, ${row.reason}` : ''}), ${y(wrong.name)} ${wrong.name} de ${senderOf(wrong)} decía (${shown(wrong)}${wrong.reason === undefined ? '' : `, ${JSON.stringify(wrong.reason)}`}) (línea ${wrong.line} del historial).`,
      },
      lines: [wrong.line],
    });
  }
  return finding('told-as-ordered', rule, undefined);
}
