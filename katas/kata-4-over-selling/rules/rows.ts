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
import type { Purchase, Story } from '../story.js';

/** Acknowledged purchases = rows; an unknown outcome may have a row or none. */
export function acknowledgedEqualsRows({ asked: all, shop }: Story): Finding {
  const rule: Text = {
    en: 'Every acknowledged purchase is a row with its id, and every row was asked for and not refused.',
    es: 'Cada compra aceptada es una fila con su id, y cada fila se pidió y no se rechazó.',
  };
  const asked = new Map(all.map((p) => [p.asked.buyer, p]));
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

/** Committed first, answered then. One that is never stored is acknowledged-equals-rows's. */
export function storedWhenAcknowledged({ asked: all, lookedUp, shop }: Story): Finding {
  const rule: Text = {
    en: 'A purchase is in the database by the time its buyer is told 201.',
    es: 'Una compra está en la base de datos cuando a quien compra se le dice 201.',
  };
  const thereAt = new Map(lookedUp.map(({ buyer, ids }) => [buyer, new Set(ids)]));
  const stored = new Set(shop.purchases.map((row) => row.id));
  const early = all.filter(isOk).find(({ asked, answer }) => {
    const id = answer?.id ?? '';
    return stored.has(id) && thereAt.get(asked.buyer)?.has(id) === false;
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

/** Nobody pays twice: each buyer asked for one purchase. */
export function oneRowABuyer({ shop, asked: all }: Story): Finding {
  const rule: Text = {
    en: 'A buyer who asked once has at most one purchase.',
    es: 'Quien pidió una vez tiene como mucho una compra.',
  };
  const rows = new Map<string, Row[]>();
  for (const row of shop.purchases) rows.set(row.buyer, [...(rows.get(row.buyer) ?? []), row]);
  const [buyer, twice] = [...rows].find(([, mine]) => mine.length > 1) ?? [];
  if (buyer === undefined || !twice) return finding('one-row-a-buyer', rule, undefined);
  const asked = all.find((p) => p.asked.buyer === buyer);
  const ids = twice.map((row) => row.id).join(', ');
  return finding('one-row-a-buyer', rule, {
    story: {
      en: `${buyer} asked once${asked ? ` (history line ${asked.invokedOn})` : ''} and has ${counted.en(twice.length, 'purchase', 'purchases')}: ${ids}.`,
      es: `${buyer} pidió una vez${asked ? ` (línea ${asked.invokedOn} del historial)` : ''} y tiene ${counted.es(twice.length, 'compra', 'compras')}: ${ids}.`,
    },
    lines: asked ? [asked.invokedOn] : [],
  });
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
