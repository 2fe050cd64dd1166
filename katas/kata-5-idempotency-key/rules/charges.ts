import {
  counted,
  finding,
  lineOf,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import type { Charge } from '../notes.js';
import { chargeId, nameOf, statusOf, tell, type Key, type Pay, type Story } from '../story.js';

/** Keys with more charges than they may have; each with its charges. */
export function chargedTwice({ keys, charges }: Story): { key: Key; charges: Charge[] }[] {
  return keys.flatMap((key) => {
    const orders = ordersOf(key);
    const mine = charges.filter(({ client, order }) => client === key.client && orders.has(order));
    if (mine.length <= 1) return [];
    // An order may be paid with several keys.
    const theirs = keys.filter((one) => one.client === key.client && shares(one, orders));
    const most = theirs.reduce((sum, one) => sum + livesOf(one), 0);
    return mine.length > most ? [{ key, charges: mine }] : [];
  });
}

function ordersOf({ pays }: Key): Set<string> {
  return new Set(pays.map(({ asked }) => asked.order));
}

function shares(key: Key, orders: ReadonlySet<string>): boolean {
  return key.pays.some(({ asked }) => orders.has(asked.order));
}

/** A key that expired and came again is two keys. */
function livesOf({ pays }: Key): number {
  return new Set(pays.map(({ asked }) => asked.life)).size;
}

export function oneChargeAKey(story: Story): Finding {
  const rule: Text = {
    en: 'A key is charged once at most, however often it is sent.',
    es: 'Una clave se cobra como mucho una vez, se envíe las veces que se envíe.',
  };
  const twice = chargedTwice(story);
  const [first] = twice;
  if (!first) return finding('one-charge-a-key', rule, undefined);
  const { key, charges } = first;
  const pays = twoOf(key.pays);
  const told = pays.map(tell);
  const name = nameOf(key);
  const ids = charges.map(({ id }) => id).join(', ');
  return finding('one-charge-a-key', rule, {
    story: {
      en: `${name.en} was charged ${counted.en(charges.length, 'time', 'times')}: rows ${ids} of charges. Its client ${told.map(({ en }) => en).join(' and ')}. Keys like it: ${twice.length} of ${story.keys.length}.`,
      es: `${name.es} se cobró ${counted.es(charges.length, 'vez', 'veces')}: las filas ${ids} de charges. Su cliente ${told.map(({ es }) => es).join(' y ')}. Claves así: ${twice.length} de ${story.keys.length}.`,
    },
    lines: pays.map(lineOf),
  });
}

/** The request without an answer and the one that got it; else two that got different ones. */
function twoOf(pays: readonly Pay[]): Pay[] {
  const acknowledged = pays.filter((pay) => chargeId(pay) !== undefined);
  const [first] = acknowledged;
  const other =
    pays.find((pay) => pay.outcome === 'unknown') ??
    acknowledged.find((pay) => first && chargeId(pay) !== chargeId(first)) ??
    pays.find((pay) => pay !== first);
  const two = [first, other].filter((pay) => pay !== undefined);
  return two.sort((a, b) => lineOf(a) - lineOf(b));
}

/** Charged first, answered then: a crash in between would keep a promise from being true. */
export function chargedWhenAcknowledged({ pays, letGo }: Story): Finding {
  const rule: Text = {
    en: 'The charge is made by the time its client is told 201.',
    es: 'El cargo está hecho cuando a su cliente se le dice 201.',
  };
  const early = pays.find(
    (pay) =>
      letGo !== undefined &&
      pay.asked.order === letGo.order &&
      chargeId(pay) !== undefined &&
      lineOf(pay) < letGo.line,
  );
  if (!early || !letGo) return finding('charged-when-acknowledged', rule, undefined);
  return finding('charged-when-acknowledged', rule, {
    story: {
      en: `${early.asked.client} ${tell(early).en} for ${early.asked.order}, while the database still held back every charge of it (until history line ${letGo.line}). A crash in between would lose a payment that was promised.`,
      es: `${early.asked.client} ${tell(early).es} por ${early.asked.order}, cuando la base de datos aún retenía todo cargo suyo (hasta la línea ${letGo.line} del historial). Una caída entre medias perdería un pago prometido.`,
    },
    lines: [lineOf(early), letGo.line],
  });
}

/** Told 201: exactly that row is there. Refused: none is. */
export function acknowledgedEqualsRows(story: Story): Finding {
  const rule: Text = {
    en: 'Every 201 names its row in charges, and every row was asked for and not refused.',
    es: 'Cada 201 nombra su fila de charges, y cada fila se pidió y no se rechazó.',
  };
  const rows = new Map(story.charges.map((row) => [row.id, row]));
  const witness =
    first(story.pays, (pay) => uncharged(pay, rows)) ??
    first(story.charges, (row) => unasked(row, story.pays));
  return finding('acknowledged-equals-rows', rule, witness);
}

function uncharged(pay: Pay, rows: ReadonlyMap<string, Charge>): Witness | undefined {
  const id = chargeId(pay);
  if (id === undefined) return undefined;
  const { client, order, amount } = pay.asked;
  const row = rows.get(id);
  const lines = [lineOf(pay)];
  const asked = `${client}, ${order}, ${amount}`;
  const receipt = pay.answer?.body as Record<string, unknown>;
  if (row && (receipt['order'] !== order || receipt['amount'] !== amount))
    return {
      story: {
        en: `the payment (${asked}) got a receipt of another one (history line ${lines.join()}): ${JSON.stringify(receipt)}.`,
        es: `el pago (${asked}) recibió el recibo de otro (línea ${lines.join()} del historial): ${JSON.stringify(receipt)}.`,
      },
      lines,
    };
  if (!row)
    return {
      story: {
        en: `${client} was told 201 with charge ${id} for ${order} (history line ${lines.join()}), but charges has no such row: nobody paid.`,
        es: `a ${client} se le dijo 201 con el cargo ${id} por ${order} (línea ${lines.join()} del historial), pero charges no tiene esa fila: nadie pagó.`,
      },
      lines,
    };
  if (row.client === client && row.order === order && row.amount === amount) return undefined;
  const is = `${row.client}, ${row.order}, ${row.amount}`;
  return {
    story: {
      en: `the payment (${asked}) was told 201 with charge ${id} (history line ${lines.join()}), but that row of charges says (${is}).`,
      es: `al pago (${asked}) se le dijo 201 con el cargo ${id} (línea ${lines.join()} del historial), pero esa fila de charges dice (${is}).`,
    },
    lines,
  };
}

function unasked(row: Charge, pays: readonly Pay[]): Witness | undefined {
  const asked = pays.filter(
    ({ asked: { client, order, amount } }) =>
      client === row.client && order === row.order && amount === row.amount,
  );
  const is = `${row.client}, ${row.order}, ${row.amount}`;
  const [refused] = asked;
  if (!refused)
    return {
      story: {
        en: `row ${row.id} of charges (${is}) is a charge that nobody asked for.`,
        es: `la fila ${row.id} de charges (${is}) es un cargo que nadie pidió.`,
      },
      lines: [],
    };
  if (!asked.every(isRefused)) return undefined;
  return {
    story: {
      en: `${row.client} ${tell(refused).en} for ${row.order}, yet row ${row.id} of charges took the money.`,
      es: `${row.client} ${tell(refused).es} por ${row.order}, y aun así la fila ${row.id} de charges cobró el dinero.`,
    },
    lines: [lineOf(refused)],
  };
}

/** Told for good that nothing is charged. After 409, 500 and 503 something still may be. */
function isRefused(pay: Pay): boolean {
  return [400, 402, 422].includes(statusOf(pay) ?? 0);
}

function first<T>(
  items: readonly T[],
  witnessOf: (item: T) => Witness | undefined,
): Witness | undefined {
  for (const item of items) {
    const witness = witnessOf(item);
    if (witness) return witness;
  }
  return undefined;
}
