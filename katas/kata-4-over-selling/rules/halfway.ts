import type { Coverage, Text, Witness } from '../../../src/kata/index.js';
import type { Halfway } from '../notes.js';
import type { Story } from '../story.js';

/** What is in one transaction nobody sees half of, and a crash leaves no half of it. */
export function unequalHalfway({ halfway, shelves }: Story): Witness | undefined {
  for (const { buyer, at, seen, line } of halfway) {
    const shelf = shelves.find(({ purchases }) => purchases.some((p) => p.asked.buyer === buyer));
    if (!seen || !shelf || seen.stock + seen.units === shelf.initial) continue;
    const { sku, initial } = shelf;
    const [sum, write] = [`${seen.stock} + ${seen.units}`, words[at]];
    return {
      story: {
        en: `while the purchase of ${buyer} stood at ${write.en} (history line ${line}), the stock of ${sku} and the units in purchases were ${sum}, and ${initial} were there: the other write is committed by itself, and a crash in between leaves it alone.`,
        es: `mientras la compra de ${buyer} estaba parada en ${write.es} (línea ${line} del historial), el stock de ${sku} y las unidades compradas eran ${sum}, y había ${initial}: la otra escritura ya tiene su COMMIT, ella sola, y una caída entre medias la deja sola.`,
      },
      lines: [line],
    };
  }
  return undefined;
}

const words: Readonly<Record<Halfway['at'], Text>> = {
  purchases: { en: 'its INSERT into purchases', es: 'su INSERT en purchases' },
  stock: { en: 'its UPDATE of stock', es: 'su UPDATE de stock' },
};

/** Runs from before this act are not asked. */
export function stoodHalfway({ halfway }: Story): Coverage[] {
  if (halfway.length === 0) return [];
  const missed = halfway.filter(({ met, seen }) => !met || !seen);
  const where = missed.map(({ at }) => at).join(', ');
  return [
    {
      condition: 'seen-between-the-writes',
      met: missed.length === 0,
      story:
        missed.length === 0
          ? {
              en: 'the lab looked at both tables while a purchase stood at each of its writes',
              es: 'el laboratorio miró las dos tablas con una compra parada en cada escritura',
            }
          : {
              en: `no purchase stood at its write where the lab could look: ${where}`,
              es: `ninguna compra se paró en su escritura donde el laboratorio pudiera mirar: ${where}`,
            },
    },
  ];
}
