import {
  counted,
  finding,
  isOk,
  isRefused,
  lineOf,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import type { Row } from '../notes.js';
import { idsAfter, type Purchase, type Story } from '../story.js';

/** Acknowledged purchases = rows; an unknown outcome may have a row or none. */
export function acknowledgedEqualsRows({ asked: all, shop }: Story): Finding {
  const rule: Text = {
    en: 'Every acknowledged purchase is a row with its id, and every row was asked for and not refused.',
    es: 'Cada compra aceptada es una fila con su id, y cada fila se pidió y no se rechazó.',
  };
  const asked = byBuyer(all, (p) => p.asked.buyer);
  const rows = new Map(shop.purchases.map((row) => [row.id, row]));
  const witness =
    first(all.filter(isOk), (p) => unstored(p, rows)) ??
    oneRowForTwo(all.filter(isOk)) ??
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

/** Each purchase is a row of its own, also where one buyer wants the same twice. */
function oneRowForTwo(sold: readonly Purchase[]): Witness | undefined {
  const named = new Map<string, Purchase>();
  for (const p of sold) {
    const id = p.answer?.id ?? '';
    const other = named.get(id);
    if (!other) {
      named.set(id, p);
      continue;
    }
    const lines = [lineOf(other), lineOf(p)];
    return {
      story: {
        en: `${p.asked.buyer} asked twice and was told 201 twice (history lines ${lines.join(' and ')}), both times with purchase id ${id}: one row for two purchases.`,
        es: `${p.asked.buyer} pidió dos veces y las dos se le dijo 201 (líneas ${lines.join(' y ')} del historial), ambas con el id de compra ${id}: una fila para dos compras.`,
      },
      lines,
    };
  }
  return undefined;
}

function unasked(row: Row, theirs: readonly Purchase[] = []): Witness | undefined {
  const [p] = theirs;
  if (!p)
    return {
      story: {
        en: `row ${row.id} is a purchase by ${row.buyer}, who never asked for one.`,
        es: `la fila ${row.id} es una compra de ${row.buyer}, que nunca la pidió.`,
      },
      lines: [],
    };
  if (!theirs.every(isRefused)) return undefined;
  return {
    story: {
      en: `${row.buyer} was refused (history line ${lineOf(p)}), yet row ${row.id} is a purchase of theirs.`,
      es: `a ${row.buyer} se le rechazó (línea ${lineOf(p)} del historial), y aun así la fila ${row.id} es una compra suya.`,
    },
    lines: [lineOf(p)],
  };
}

/** Committed first, answered then. One that is never stored is acknowledged-equals-rows's. */
export function storedWhenAcknowledged(story: Story): Finding {
  const rule: Text = {
    en: 'A purchase is in the database by the time its buyer is told 201.',
    es: 'Una compra está en la base de datos cuando a quien compra se le dice 201.',
  };
  const stored = new Set(story.shop.purchases.map((row) => row.id));
  const early = story.asked.filter(isOk).find((p) => {
    const id = p.answer?.id ?? '';
    return stored.has(id) && idsAfter(story, p)?.includes(id) === false;
  });
  if (!early) return finding('stored-when-acknowledged', rule, undefined);
  const { buyer } = early.asked;
  const line = lineOf(early);
  return finding('stored-when-acknowledged', rule, {
    story: {
      en: `${buyer} was told 201 (history line ${line}), but the row came only afterwards. A crash in between would lose a purchase that was promised: commit first, then answer.`,
      es: `a ${buyer} se le dijo 201 (línea ${line} del historial), pero la fila llegó después. Una caída entre medias perdería una compra prometida: primero COMMIT, luego la respuesta.`,
    },
    lines: [line],
  });
}

/** Nobody pays twice: as often as somebody asked, and no oftener. */
export function oneRowABuyer({ shop, asked: all }: Story): Finding {
  const rule: Text = {
    en: 'A buyer who asked once has at most one purchase.',
    es: 'Quien pidió una vez tiene como mucho una compra.',
  };
  const asking = byBuyer(all, (p) => p.asked.buyer);
  const times = (buyer: string): number => asking.get(buyer)?.length ?? 1;
  const rows = byBuyer(shop.purchases, (row) => row.buyer);
  const [buyer, mine] = [...rows].find(([who, theirs]) => theirs.length > times(who)) ?? [];
  if (buyer === undefined || !mine) return finding('one-row-a-buyer', rule, undefined);
  const asked = asking.get(buyer)?.[0];
  const ids = mine.map((row) => row.id).join(', ');
  const often = times(buyer);
  return finding('one-row-a-buyer', rule, {
    story: {
      en: `${buyer} asked ${often === 1 ? 'once' : `${often} times`}${asked ? ` (history line ${asked.invokedOn})` : ''} and has ${counted.en(mine.length, 'purchase', 'purchases')}: ${ids}.`,
      es: `${buyer} pidió ${counted.es(often, 'vez', 'veces')}${asked ? ` (línea ${asked.invokedOn} del historial)` : ''} y tiene ${counted.es(mine.length, 'compra', 'compras')}: ${ids}.`,
    },
    lines: asked ? [asked.invokedOn] : [],
  });
}

function byBuyer<T>(items: readonly T[], buyerOf: (item: T) => string): Map<string, T[]> {
  const theirs = new Map<string, T[]>();
  for (const item of items) {
    const buyer = buyerOf(item);
    const before = theirs.get(buyer);
    if (before) before.push(item);
    else theirs.set(buyer, [item]);
  }
  return theirs;
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
