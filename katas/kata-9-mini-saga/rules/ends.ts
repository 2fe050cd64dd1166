import { finding, isOk, lineOf, type Finding, type Text } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

export function takenIsKept({ tales }: Story): Finding {
  const rule: Text = {
    en: 'Every order that was answered 202 is in the table as it was asked for, and none that was answered 503 alone.',
    es: 'Todo pedido que recibió 202 está en la tabla tal como se pidió, y ninguno que solo recibió 503.',
  };
  for (const { placed, row } of tales) {
    const taken = placed.find(isOk);
    const [refused] = placed;
    if (refused && row && placed.every(({ outcome }) => outcome === 'fail'))
      return finding('taken-is-kept', rule, {
        story: {
          en: `order ${row.id} was answered 503 (history line ${lineOf(refused)}), which says that nothing of it is stored, and it is in the table: ${row.status}.`,
          es: `el pedido ${row.id} recibió un 503 (línea ${lineOf(refused)} del historial), que dice que no se guarda nada de él, y está en la tabla: ${row.status}.`,
        },
        lines: [lineOf(refused)],
      });
    if (!taken) continue;
    const { asked } = taken;
    const isThere =
      row?.customer === asked.customer &&
      row.sku === asked.sku &&
      row.quantity === asked.quantity &&
      row.amount === asked.amount;
    if (isThere) continue;
    const line = lineOf(taken);
    return finding('taken-is-kept', rule, {
      story: {
        en: `order ${asked.id} was answered 202 (history line ${line}) and is ${row ? 'another one in the table' : 'not in the table'}.`,
        es: `el pedido ${asked.id} recibió un 202 (línea ${line} del historial) y ${row ? 'en la tabla es otro' : 'no está en la tabla'}.`,
      },
      lines: [line],
    });
  }
  return finding('taken-is-kept', rule, undefined);
}
