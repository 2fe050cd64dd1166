import {
  finding,
  mostUnderWay,
  type CheckResult,
  type Finding,
  type History,
  type Operation,
  type Text,
  type Witness,
} from '../../src/kata/index.js';

/** The final state, read from the database once the program has ended. */
export interface Shop {
  stock: { sku: string; quantity: number }[];
  purchases: Row[];
}

interface Row {
  id: string;
  buyer: string;
  sku: string;
  quantity: number;
}

interface Asked {
  buyer: string;
  sku: string;
  quantity: number;
}

interface Answered {
  id?: string;
  stock?: number;
  retries: number;
  reason?: 'sold-out' | 'gave-up';
}

type Purchase = Operation<Asked, Answered>;

/** What the rules look at, drawn once from the history. */
interface Story {
  sku: string;
  initial: number;
  restocked: number;
  burst: Purchase[];
  late: Purchase[];
  shop: Shop;
}

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

function readStory(history: History, initial: number): Story {
  const restock = history.notes<{ units: number }>('restock')[0];
  const final = history.notes<Shop>('final')[0];
  if (!restock || !final) throw new Error('the history has no restock or no final state');
  const purchases = history.operations<Asked, Answered>('purchase');
  const isBurst = (p: Purchase): boolean => p.invokedOn < restock.line;
  return {
    sku: purchases[0]?.asked.sku ?? '',
    initial,
    restocked: restock.value.units,
    burst: purchases.filter(isBurst),
    late: purchases.filter((p) => !isBurst(p)),
    shop: final.value,
  };
}

const isOk = (p: Purchase): boolean => p.outcome === 'ok';
const isUnknown = (p: Purchase): boolean => p.outcome === 'unknown';
const isRefused = (p: Purchase): boolean => p.outcome === 'fail';
const lineOf = (p: Purchase): number => p.completedOn ?? p.invokedOn;

/** Purchases acknowledged ≤ stock, both in the burst and with the restocked units. */
function noOverselling({ burst, late, initial, restocked }: Story): Finding {
  const rule: Text = {
    en: 'No more purchases are acknowledged than there are units.',
    es: 'No se confirman más compras que unidades hay.',
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

/** Acknowledged purchases = rows; an unknown outcome may have a row or none. */
function acknowledgedEqualsRows({ burst, late, shop }: Story): Finding {
  const rule: Text = {
    en: 'Every acknowledged purchase is a row with its id, and every row was asked for and not refused.',
    es: 'Cada compra confirmada es una fila con su id, y cada fila se pidió y no se rechazó.',
  };
  const asked = new Map([...burst, ...late].map((p) => [p.asked.buyer, p]));
  const rows = new Map(shop.purchases.map((row) => [row.id, row]));
  const witness =
    first([...asked.values()].filter(isOk), (p) => unstored(p, rows)) ??
    first(shop.purchases, (row) => unasked(row, asked.get(row.buyer)));
  return finding('acknowledged-equals-rows', rule, witness);
}

function unstored(p: Purchase, rows: Map<string, Row>): Witness | undefined {
  const { buyer, quantity } = p.asked;
  const id = p.answer?.id ?? '';
  const row = rows.get(id);
  const lines = [lineOf(p)];
  if (!row)
    return {
      story: {
        en: `${buyer} was told 201 with purchase id ${id} (history line ${lines.join()}), but the database has no such purchase.`,
        es: `a ${buyer} se le dijo 201 con el id de compra ${id} (línea ${lines.join()} del historial), pero la base de datos no tiene esa compra.`,
      },
      lines,
    };
  if (row.buyer === buyer && row.sku === p.asked.sku && row.quantity === quantity) return undefined;
  return {
    story: {
      en: `${buyer} bought ${quantity} of ${p.asked.sku} (history line ${lines.join()}), but row ${id} says ${row.buyer}, ${row.quantity} of ${row.sku}.`,
      es: `${buyer} compró ${quantity} de ${p.asked.sku} (línea ${lines.join()} del historial), pero la fila ${id} dice ${row.buyer}, ${row.quantity} de ${row.sku}.`,
    },
    lines,
  };
}

function unasked(row: Row, p: Purchase | undefined): Witness | undefined {
  if (!p)
    return {
      story: {
        en: `row ${row.id} is a purchase by ${row.buyer}, who never asked for one.`,
        es: `la fila ${row.id} es una compra de ${row.buyer}, que nunca la pidió.`,
      },
      lines: [],
    };
  if (!isRefused(p)) return undefined;
  return {
    story: {
      en: `${row.buyer} was refused (history line ${lineOf(p)}), yet row ${row.id} is a purchase of theirs.`,
      es: `a ${row.buyer} se le rechazó (línea ${lineOf(p)} del historial), y aun así la fila ${row.id} es una compra suya.`,
    },
    lines: [lineOf(p)],
  };
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

/** Nobody pays twice: each buyer asked for one purchase. */
function oneRowABuyer({ shop, burst, late }: Story): Finding {
  const rule: Text = {
    en: 'A buyer who asked once has at most one purchase.',
    es: 'Quien pidió una vez tiene como mucho una compra.',
  };
  const rows = new Map<string, Row[]>();
  for (const row of shop.purchases) rows.set(row.buyer, [...(rows.get(row.buyer) ?? []), row]);
  const [buyer, twice] = [...rows].find(([, mine]) => mine.length > 1) ?? [];
  if (buyer === undefined || !twice) return finding('one-row-a-buyer', rule, undefined);
  const asked = [...burst, ...late].find((p) => p.asked.buyer === buyer);
  const ids = twice.map((row) => row.id).join(', ');
  return finding('one-row-a-buyer', rule, {
    story: {
      en: `${buyer} asked once${asked ? ` (history line ${asked.invokedOn})` : ''} and has ${twice.length} purchases: ${ids}.`,
      es: `${buyer} pidió una vez${asked ? ` (línea ${asked.invokedOn} del historial)` : ''} y tiene ${twice.length} compras: ${ids}.`,
    },
    lines: asked ? [asked.invokedOn] : [],
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

/**
 * Units that rows of these buyers hold, and those that were acknowledged without a row: a sale
 * that was told but not stored is a fault of its own, and no unit left to sell.
 */
function unitsSold(purchases: readonly Purchase[], { purchases: rows }: Shop): number {
  const asked = new Set(purchases.map((p) => p.asked.buyer));
  const stored = new Set(rows.map((row) => row.buyer));
  const onlyTold = purchases.filter((p) => isOk(p) && !stored.has(p.asked.buyer));
  return unitsIn(rows.filter((row) => asked.has(row.buyer))) + onlyTold.length;
}

function unitsIn(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.quantity, 0);
}

function first<T>(
  items: readonly T[],
  tell: (item: T) => Witness | undefined,
): Witness | undefined {
  for (const item of items) {
    const witness = tell(item);
    if (witness) return witness;
  }
  return undefined;
}
