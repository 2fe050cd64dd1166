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
