import { y, finding, type Finding, type Text } from '../../../src/kata/index.js';
import { duties, facts, isFact } from '../contract.js';
import type { Seen, Story } from '../story.js';

/** Names, exchanges and bodies are the contract's, which the lab judges; of whom it tells is the saga's. */
export function correlatesWithItsOrder({ messages }: Story): Finding {
  const name = 'correlates-with-its-order';
  const rule: Text = {
    en: 'Every message is correlated with its order.',
    es: 'Cada mensaje está correlacionado con su pedido.',
  };
  const wrong = messages.find(
    ({ correlationId, order }) => order !== undefined && correlationId !== order,
  );
  if (!wrong) return finding(name, rule, undefined);
  const { correlationId, line } = wrong;
  return finding(name, rule, {
    story: {
      en: `${wrong.name} of order ${wrong.order ?? '?'}, from ${senderOf(wrong)}: its correlation id is ${correlationId ?? 'not there'} (history line ${line}).`,
      es: `${wrong.name} del pedido ${wrong.order ?? '?'}, de ${senderOf(wrong)}: su correlation id ${correlationId === undefined ? 'no está' : `es ${correlationId}`} (línea ${line} del historial).`,
    },
    lines: [line],
  });
}

function senderOf({ name }: Seen): string {
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

/** A consumer drops repetitions by their message id. */
export function duplicatesAreRecognisable({ tales, messages }: Story): Finding {
  const name = 'duplicates-are-recognisable';
  const rule: Text = {
    en: 'A message that comes again has the same message id, and no two messages share one.',
    es: 'Un mensaje repetido lleva el mismo message id, y dos mensajes no comparten ninguno.',
  };
  const pair = twoNames(tales) ?? oneNameForTwo(messages);
  if (!pair) return finding(name, rule, undefined);
  const [one, other] = pair;
  const lines = [one.line, other.line];
  return finding(name, rule, {
    story: {
      en: `${one.name} of order ${one.order ?? '?'} came as ${one.messageId}, and ${other.name} of order ${other.order ?? '?'} as ${other.messageId} (history lines ${lines.join(' and ')}).`,
      es: `${one.name} del pedido ${one.order ?? '?'} llegó como ${one.messageId}, ${y(other.name)} ${other.name} del pedido ${other.order ?? '?'} como ${other.messageId} (líneas ${lines.join(' y ')} del historial).`,
    },
    lines,
  });
}

/** A fact happens once. A command may be given again, for a reason of its own. */
function twoNames(tales: Story['tales']): [Seen, Seen] | undefined {
  for (const { messages } of tales)
    for (const one of messages) {
      const other = messages.find(
        ({ name, messageId }) => name === one.name && messageId !== one.messageId,
      );
      if (other && isFact(one.name)) return [one, other];
    }
  return undefined;
}

function oneNameForTwo(messages: readonly Seen[]): [Seen, Seen] | undefined {
  const owners = new Map<string, Seen>();
  for (const message of messages) {
    const owner = owners.get(message.messageId);
    if (owner && (owner.order !== message.order || owner.name !== message.name))
      return [owner, message];
    owners.set(message.messageId, message);
  }
  return undefined;
}
