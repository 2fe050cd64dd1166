import {
  counted,
  finding,
  isOk,
  isRefused,
  isUnknown,
  lineOf,
  type CheckResult,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { unequalHalfway } from './halfway.js';
import {
  countedBefore,
  unitsIn,
  unitsSold,
  unitsWanted,
  withoutRow,
  type Purchase,
  type Shelf,
  type Story,
} from '../story.js';

/** More units of a sku were promised than there ever were. Who is to blame for it nobody can tell. */
export function shelfOversold({ shelves }: Story): Witness | undefined {
  for (const { sku, initial, restocked, purchases } of shelves.slice(1)) {
    const sold = purchases.filter(isOk);
    const over = unitsWanted(sold) - initial - restocked;
    const last = sold.at(-1);
    if (over <= 0 || !last) continue;
    const lines = sold.map(lineOf);
    const there = initial + restocked;
    return {
      story: {
        en: `of ${sku} there were ${counted.en(there, 'unit', 'units')}, and ${counted.en(sold.length, 'buyer was', 'buyers were')} promised ${unitsWanted(sold)} (history lines ${lines.join(', ')}): ${over} too many.`,
        es: `de ${sku} había ${counted.es(there, 'unidad', 'unidades')}, y a ${counted.es(sold.length, 'comprador se le', 'compradores se les')} prometieron ${unitsWanted(sold)} (líneas ${lines.join(', ')} del historial): ${over} de más.`,
      },
      lines,
    };
  }
  return undefined;
}

/** Refused although at no moment fewer were there than asked for. */
export function shelfUndersold(story: Story): Witness | undefined {
  for (const shelf of story.shelves.slice(1))
    for (const p of shelf.purchases.filter(isRefused)) {
      const there = Math.max(countedBefore(story, p) ?? 0, alwaysLeft(story, shelf));
      const { buyer, quantity, sku } = p.asked;
      const line = lineOf(p);
      if (there >= quantity)
        return {
          story: {
            en: `${buyer} wanted ${quantity} of ${sku} and was refused (history line ${line}) while ${there} or more were there.`,
            es: `${buyer} quería ${quantity} de ${sku} y se le rechazó (línea ${line} del historial) cuando había ${there} o más.`,
          },
          lines: [line],
        };
    }
  return undefined;
}

/** Units that were there from the first to the last request, whatever became of unknown ones. */
function alwaysLeft({ shop }: Story, { initial, purchases }: Shelf): number {
  // Rows of a buyer who asked twice belong to what was acknowledged first.
  const claims = [...purchases.filter(isOk), ...purchases.filter(isUnknown)];
  const unsure = withoutRow(claims, shop.purchases).filter(isUnknown);
  return initial - unitsSold(purchases, shop) - unitsWanted(unsure);
}

/** stock = initial + restocked − rows, and never negative. */
export function stockEqualsInitialMinusRows(story: Story): Finding {
  const rule: Text = {
    en: 'The stock left is the initial stock minus the units in purchases, at every moment, and never negative.',
    es: 'El stock que queda es el inicial menos las unidades compradas, en todo momento, y nunca negativo.',
  };
  const witness =
    story.shelves.map((shelf) => unequal(story, shelf)).find((one) => one) ?? unequalHalfway(story);
  return finding('stock-equals-initial-minus-rows', rule, witness);
}

function unequal({ shop, asked }: Story, shelf: Shelf): Witness | undefined {
  const { sku, initial, restocked, purchases } = shelf;
  const skuOf = new Map(asked.map((p) => [p.asked.buyer, p.asked.sku]));
  // A row that says another sku than its buyer asked for is acknowledged-equals-rows's.
  const taken = unitsIn(shop.purchases.filter((row) => (skuOf.get(row.buyer) ?? row.sku) === sku));
  const left = shop.stock.find((row) => row.sku === sku)?.quantity;
  const right = initial + restocked - taken;
  if (left === right && left >= 0) return undefined;
  const sum = `${initial} + ${restocked} − ${taken} = ${right}`;
  const since = purchases[0]?.invokedOn;
  const lines = since === undefined ? [] : [since];
  return left === undefined
    ? {
        story: {
          en: `the stock row of ${sku} is gone.`,
          es: `la fila de stock de ${sku} ya no está.`,
        },
        lines,
      }
    : {
        story: {
          en: `the stock of ${sku} says ${left}, but initial + restocked − units in purchases is ${sum}.`,
          es: `el stock de ${sku} dice ${left}, pero inicial + repuesto − unidades compradas es ${sum}.`,
        },
        lines,
      };
}

/** The warehouse writes to the stock too: whoever answers from memory does not see it. */
export function readsTheDatabase(story: Story): Finding {
  const { late, burst, shop, initial, restocked } = story;
  const rule: Text = {
    en: 'Units that the warehouse adds in the database can be sold at once.',
    es: 'Las unidades que el almacén añade en la base de datos se pueden vender enseguida.',
  };
  // What the burst left over is no-underselling's; here it is about the units that were added.
  if (initial - unitsSold(burst, shop) > burst.filter(isUnknown).length)
    return finding('reads-the-database', rule, undefined);
  const unsure = [...burst, ...late].filter(isUnknown).length;
  const atTheEnd = initial + restocked - unitsSold([...burst, ...late], shop) - unsure;
  const rush = story.shelves[0];
  // A stock that is off is another rule's: then only the rows say what was left.
  const isOff = rush === undefined || unequal(story, rush) !== undefined;
  const there = (p: Purchase): number => (isOff ? atTheEnd : (countedBefore(story, p) ?? atTheEnd));
  // So is who was refused and has a row all the same.
  const stored = new Set(shop.purchases.map(({ buyer }) => buyer));
  const refused = late.find(
    (p) =>
      p.answer?.reason === 'sold-out' && !stored.has(p.asked.buyer) && there(p) >= p.asked.quantity,
  );
  if (!refused) return finding('reads-the-database', rule, undefined);
  const left = there(refused);
  const { buyer } = refused.asked;
  const line = lineOf(refused);
  return finding('reads-the-database', rule, {
    story: {
      en: `the warehouse added units in the database; then ${buyer} was told "sold out" (history line ${line}) while ${left} were there.`,
      es: `el almacén añadió unidades en la base de datos; después a ${buyer} se le dijo «agotado» (línea ${line} del historial) cuando había ${left}.`,
    },
    lines: [line],
  });
}

/** `stock` of an answer is what was there before it. Judged where nobody else was buying. */
export function tellsTheStock(story: Story): Finding {
  const rule: Text = {
    en: 'The stock in an answer is what was there before that purchase.',
    es: 'El stock de una respuesta es el que había antes de esa compra.',
  };
  const isTold = (p: Purchase): boolean => isOk(p) || p.answer?.reason === 'sold-out';
  const wrong = story.asked.filter(isTold).find((p) => {
    const before = countedBefore(story, p);
    // Runs from before this rule kept no stock of a refusal.
    return before !== undefined && p.answer?.stock !== undefined && p.answer.stock !== before;
  });
  if (!wrong) return finding('tells-the-stock', rule, undefined);
  const { buyer, sku } = wrong.asked;
  const [line, told, before] = [lineOf(wrong), wrong.answer?.stock, countedBefore(story, wrong)];
  return finding('tells-the-stock', rule, {
    story: {
      en: `${buyer} was told that the stock of ${sku} was ${told} (history line ${line}), but ${before} were there before, and nobody else was buying.`,
      es: `a ${buyer} se le dijo que el stock de ${sku} era ${told} (línea ${line} del historial), pero antes había ${before}, y nadie más compraba.`,
    },
    lines: [line],
  });
}

/** The warehouse wrote while purchases were under way; runs from before this act are not asked. */
export function deliveredMeanwhile({ shelves, deliveries }: Story): CheckResult['coverage'] {
  const shelf = shelves.find(({ sku }) => sku === 'sku-plenty');
  if (!shelf) return [];
  const from = Math.min(...shelf.purchases.map((p) => p.invokedOn));
  const until = Math.max(...shelf.purchases.map(lineOf));
  const within = deliveries.filter(
    ({ sku, line }) => sku === shelf.sku && line > from && line < until,
  ).length;
  return [
    {
      condition: 'restocked-meanwhile',
      met: within > 0,
      story: {
        en: `the warehouse added units ${within} times while purchases were under way (1 is needed)`,
        es: `el almacén añadió unidades ${within} veces con compras en curso (hace falta 1)`,
      },
    },
  ];
}
