import {
  finding,
  isOk,
  isRefused,
  isUnknown,
  lineOf,
  mostUnderWay,
  type CheckResult,
  type Finding,
  type History,
  type Text,
  type Witness,
} from '../../src/kata/index.js';
import { acknowledgedEqualsRows, oneRowABuyer, storedWhenAcknowledged } from './rules/rows.js';
import { readStory, unitsIn, unitsSold, type Purchase, type Story } from './story.js';

/** Pure: what the clients were told against what the database holds. */
export function check(history: History, options: { stock: number; buyers: number }): CheckResult {
  const story = readStory(history, options.stock);
  const sold = story.burst.filter(isOk).length;
  return {
    findings: [
      noOverselling(story),
      acknowledgedEqualsRows(story),
      stockEqualsInitialMinusRows(story),
      noUnderselling(story),
      oneRowABuyer(story),
      readsTheDatabase(story),
      storedWhenAcknowledged(story),
    ],
    coverage: [overlapped(story), contended(story)],
    figures: {
      sold,
      oversold: Math.max(0, sold - story.initial),
      retries: [...story.burst, ...story.late].reduce(
        (sum, p) => sum + (p.answer?.retries ?? 0),
        0,
      ),
      gaveUp: story.burst.filter((p) => p.answer?.reason === 'gave-up').length,
    },
  };
}

/** Purchases acknowledged ≤ stock, both in the burst and with the restocked units. */
function noOverselling({ burst, late, initial, restocked }: Story): Finding {
  const rule: Text = {
    en: 'No more purchases are acknowledged than there are units.',
    es: 'No se aceptan más compras que unidades hay.',
  };
  const sold = burst.filter(isOk);
  const all = [...sold, ...late.filter(isOk)];
  if (sold.length > initial)
    return finding('no-overselling', rule, oversold(sold, sold.length - initial));
  const over = all.length - initial - restocked;
  return finding('no-overselling', rule, over > 0 ? oversold(all, over) : undefined);
}

/** Two purchases that read the same stock, or else one that sold what was not there. */
function oversold(sold: Purchase[], over: number): Witness {
  const owes: Text = {
    en: `the shop owes ${over} ${over === 1 ? 'unit' : 'units'} it never had.`,
    es: `la tienda debe ${over} ${over === 1 ? 'unidad' : 'unidades'} que nunca tuvo.`,
  };
  const [one, other] = sameReading(sold);
  if (one && other) {
    const stock = one.answer?.stock ?? 0;
    const lines = [lineOf(one), lineOf(other)];
    return {
      story: {
        en: `buyers ${one.asked.buyer} and ${other.asked.buyer} both read stock = ${stock} (history lines ${lines.join(' and ')}) and both were told 201; ${owes.en}`,
        es: `${one.asked.buyer} y ${other.asked.buyer} leyeron ambos stock = ${stock} (líneas ${lines.join(' y ')} del historial) y a ambos se les dijo 201; ${owes.es}`,
      },
      lines,
    };
  }
  const last = sold.reduce((a, b) => ((b.answer?.stock ?? 0) < (a.answer?.stock ?? 0) ? b : a));
  return {
    story: {
      en: `${sold.length} buyers were told 201, among them ${last.asked.buyer}, who read stock = ${last.answer?.stock ?? 0} (history line ${lineOf(last)}); ${owes.en}`,
      es: `a ${sold.length} compradores se les dijo 201, entre ellos a ${last.asked.buyer}, que leyó stock = ${last.answer?.stock ?? 0} (línea ${lineOf(last)} del historial); ${owes.es}`,
    },
    lines: [lineOf(last)],
  };
}

/** The pair that read the lowest stock: the units fought over last. */
function sameReading(sold: Purchase[]): [Purchase?, Purchase?] {
  const byStock = new Map<number, Purchase[]>();
  for (const p of sold) {
    const stock = p.answer?.stock ?? 0;
    byStock.set(stock, [...(byStock.get(stock) ?? []), p]);
  }
  const shared = [...byStock].filter(([, readers]) => readers.length > 1).sort(([a], [b]) => a - b);
  return (shared[0]?.[1] ?? []).slice(0, 2) as [Purchase?, Purchase?];
}

/** stock = initial + restocked − rows, and never negative. */
function stockEqualsInitialMinusRows({ shop, sku, initial, restocked }: Story): Finding {
  const rule: Text = {
    en: 'The stock left is the initial stock minus the units in purchases, and never negative.',
    es: 'El stock que queda es el inicial menos las unidades compradas, y nunca negativo.',
  };
  const taken = unitsIn(shop.purchases);
  const left = shop.stock.find((row) => row.sku === sku)?.quantity;
  const right = initial + restocked - taken;
  if (left === right && left >= 0)
    return finding('stock-equals-initial-minus-rows', rule, undefined);
  const sum = `${initial} + ${restocked} − ${taken} = ${right}`;
  const story: Text =
    left === undefined
      ? { en: `the stock row of ${sku} is gone.`, es: `la fila de stock de ${sku} ya no está.` }
      : {
          en: `the stock says ${left}, but initial + restocked − units in purchases is ${sum}.`,
          es: `el stock dice ${left}, pero inicial + repuesto − unidades compradas es ${sum}.`,
        };
  return finding('stock-equals-initial-minus-rows', rule, { story, lines: [] });
}

/** Nobody of the burst is refused while units are left; each unknown outcome may have held one. */
function noUnderselling({ burst, shop, initial }: Story): Finding {
  const rule: Text = {
    en: 'Nobody is refused while units are left.',
    es: 'A nadie se le rechaza mientras quedan unidades.',
  };
  const left = initial - unitsSold(burst, shop);
  const refused = burst.filter(isRefused);
  const one = refused[0];
  if (!one || left <= burst.filter(isUnknown).length)
    return finding('no-underselling', rule, undefined);
  const gaveUp = refused.filter((p) => p.answer?.reason === 'gave-up').length;
  return finding('no-underselling', rule, {
    story: {
      en: `${left} of ${initial} units were left after the burst, yet ${refused.length} buyers were refused (${gaveUp} of them with 503 after their retries), first ${one.asked.buyer} (history line ${lineOf(one)}).`,
      es: `tras la avalancha quedaban ${left} de ${initial} unidades, y aun así se rechazó a ${refused.length} compradores (a ${gaveUp} con 503 tras sus reintentos); el primero, ${one.asked.buyer} (línea ${lineOf(one)} del historial).`,
    },
    lines: [lineOf(one)],
  });
}

/** The warehouse writes to the stock too: whoever answers from memory does not see it. */
function readsTheDatabase({ late, shop, initial, restocked, burst }: Story): Finding {
  const rule: Text = {
    en: 'Units that the warehouse adds in the database can be sold at once.',
    es: 'Las unidades que el almacén añade en la base de datos se pueden vender enseguida.',
  };
  const left = initial + restocked - unitsSold([...burst, ...late], shop);
  const refused = late.find((p) => p.answer?.reason === 'sold-out');
  const unsure = [...burst, ...late].filter(isUnknown).length;
  // What the burst left over is no-underselling's; here it is about the units that were added.
  const served = late.filter(isOk).length;
  if (!refused || left <= unsure || left > restocked || served >= restocked)
    return finding('reads-the-database', rule, undefined);
  return finding('reads-the-database', rule, {
    story: {
      en: `the warehouse added ${restocked} units in the database; then ${refused.asked.buyer} was told "sold out" (history line ${lineOf(refused)}) while ${left} were left. The answer came from memory.`,
      es: `el almacén añadió ${restocked} unidades en la base de datos; después a ${refused.asked.buyer} se le dijo «agotado» (línea ${lineOf(refused)} del historial) cuando quedaban ${left}. La respuesta salió de la memoria.`,
    },
    lines: [lineOf(refused)],
  });
}

/** Without two requests under way at once there was no race to win or lose. */
function overlapped({ burst }: Story): CheckResult['coverage'][number] {
  const most = mostUnderWay(burst);
  return {
    condition: 'requests-overlapped',
    met: most >= 2,
    story: {
      en: `at most ${most} of ${burst.length} requests were under way at once (2 are needed)`,
      es: `como mucho ${most} de ${burst.length} peticiones estuvieron en curso a la vez (hacen falta 2)`,
    },
  };
}

/** Over-selling needs more buyers than units. */
function contended({ burst, initial }: Story): CheckResult['coverage'][number] {
  return {
    condition: 'more-buyers-than-units',
    met: burst.length > initial,
    story: {
      en: `${burst.length} buyers for ${initial} units (more buyers than units are needed)`,
      es: `${burst.length} compradores para ${initial} unidades (hacen falta más compradores que unidades)`,
    },
  };
}
