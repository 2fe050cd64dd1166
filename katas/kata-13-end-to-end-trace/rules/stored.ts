import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** All the rest would be about nothing. */
export function everyOrderIsStored({ placed }: Story): Finding {
  const rule: Text = {
    en: 'Every order that was answered with 202 is stored.',
    es: 'Todo pedido respondido con 202 queda guardado.',
  };
  const lost = placed.filter(({ row }) => row === undefined);
  const [one] = lost;
  if (!one) return finding('every-order-is-stored', rule, undefined);
  return finding('every-order-is-stored', rule, {
    story: {
      en: `${lost.length} of ${placed.length} orders were answered with 202 and never stored, first ${one.order} (history line ${one.line}).`,
      es: `${lost.length} de ${placed.length} pedidos se respondieron con 202 y no se guardaron nunca, el primero ${one.order} (línea ${one.line} del historial).`,
    },
    lines: [one.line],
  });
}

/** Who is told 202 goes away, and asks nobody any more. */
export function answersOnceItIsSafe({ unconfirmed }: Story): Finding {
  const rule: Text = {
    en: 'An order is answered with 202 once the broker has said that it has it.',
    es: 'Un pedido se responde con 202 cuando el broker ha dicho que lo tiene.',
  };
  if (unconfirmed?.met !== true || !unconfirmed.answered)
    return finding('answers-once-it-is-safe', rule, undefined);
  const { order, line } = unconfirmed;
  return finding('answers-once-it-is-safe', rule, {
    story: {
      en: `${order} was answered while the broker's confirm was held back (history line ${line}).`,
      es: `${order} se respondió mientras el publisher confirm del broker estaba retenido (línea ${line} del historial).`,
    },
    lines: [line],
  });
}
