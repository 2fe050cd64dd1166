import {
  finding,
  isOk,
  isRefused,
  lineOf,
  type CheckResult,
  type Text,
} from '../../../src/kata/index.js';
import type { Story } from '../story.js';

type Finding = CheckResult['findings'][number];

export function acknowledgedIsCommitted({ placed, committed }: Story): Finding {
  const rule: Text = {
    en: 'Every order that was acknowledged is in the table as it was asked for.',
    es: 'Cada pedido que recibió 201 está en la tabla tal como se pidió.',
  };
  const one = placed.find((p) => {
    const row = committed.get(p.asked.id);
    return isOk(p) && (!row || row.customer !== p.asked.customer || row.amount !== p.asked.amount);
  });
  if (!one) return finding('acknowledged-is-committed', rule, undefined);
  const row = committed.get(one.asked.id);
  const is: Text = row
    ? {
        en: `is stored as (${row.customer}, ${row.amount})`,
        es: `está guardado como (${row.customer}, ${row.amount})`,
      }
    : { en: 'is not in the table', es: 'no está en la tabla' };
  return finding('acknowledged-is-committed', rule, {
    story: {
      en: `order ${one.asked.id} (${one.asked.customer}, ${one.asked.amount}) was acknowledged with 201 (history line ${lineOf(one)}) and ${is.en}.`,
      es: `el pedido ${one.asked.id} (${one.asked.customer}, ${one.asked.amount}) recibió un 201 (línea ${lineOf(one)} del historial) y ${is.es}.`,
    },
    lines: [lineOf(one)],
  });
}

export function refusedIsNotCommitted({ placed, committed, seenCommitted }: Story): Finding {
  const rule: Text = {
    en: 'An order that was refused is not in the table.',
    es: 'Un pedido rechazado no está en la tabla.',
  };
  // One that was not refused each time that it came may be in the table since another time.
  const other = new Set(placed.filter((p) => !isRefused(p)).map(({ asked }) => asked.id));
  const first = new Map([...placed].reverse().map((p) => [p.asked.id, p]));
  const one = placed.find(
    (p) =>
      isRefused(p) &&
      committed.has(p.asked.id) &&
      (!other.has(p.asked.id) || (seenCommitted.has(p.asked.id) && first.get(p.asked.id) === p)),
  );
  if (!one) return finding('refused-is-not-committed', rule, undefined);
  return finding('refused-is-not-committed', rule, {
    story: {
      en: `order ${one.asked.id} was refused (history line ${lineOf(one)}) and is in the table: the client will place it again.`,
      es: `el pedido ${one.asked.id} se rechazó (línea ${lineOf(one)} del historial) y está en la tabla: el cliente lo pedirá otra vez.`,
    },
    lines: [lineOf(one)],
  });
}

export function askedAgainIsTaken({ placed, askedAgain }: Story): Finding {
  const rule: Text = {
    en: 'An order whose answer the database cost is taken when it is asked for again.',
    es: 'Un pedido cuya respuesta costó la base de datos se acepta cuando se pide otra vez.',
  };
  const one = askedAgain.find(({ taken }) => !taken);
  if (!one) return finding('asked-again-is-taken', rule, undefined);
  const operations = placed.filter(({ asked }) => asked.id === one.order);
  const lines = operations.slice(-1).map(lineOf);
  return finding('asked-again-is-taken', rule, {
    story: {
      en: `order ${one.order} had no 201 as the session to the database was lost, was asked for ${operations.length} times within ten seconds, with the database up, and had none to the last (history line ${one.line}).`,
      es: `el pedido ${one.order} no recibió un 201 al perderse la sesión con la base de datos, se pidió ${operations.length} veces en diez segundos, con la base de datos en marcha, y no lo recibió hasta el final (línea ${one.line} del historial).`,
    },
    lines: [...lines, one.line],
  });
}
