import {
  agreeing,
  counted,
  finding,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import type { Frozen } from '../notes.js';
import type { Story } from '../story.js';

/** Acknowledging is a promise that the payment is in the database. */
export function acksAfterEffect(story: Story): Finding {
  const rule: Text = {
    en: 'A message is acknowledged once its payment is in the database, and not before.',
    es: 'Un mensaje recibe su ack cuando su pago está en la base de datos, y no antes.',
  };
  const onTheWire = story.held.find(({ rows }) => rows === 0);
  if (onTheWire)
    return finding('acks-after-effect', rule, {
      story: {
        en: `the acknowledgement of ${onTheWire.id} was on its way to the broker (history line ${onTheWire.line}) when its payment had no row yet.`,
        es: `el ack de ${onTheWire.id} iba de camino al broker (línea ${onTheWire.line} del historial) cuando su pago aún no tenía fila.`,
      },
      lines: [onTheWire.line],
    });
  const early = ackedWhileFrozen(story);
  if (!early) return finding('acks-after-effect', rule, ackedWithoutRow(story));
  const { stood, ack } = early;
  return finding('acks-after-effect', rule, {
    story: {
      en: `message ${ack.id ?? ''} was acknowledged (history line ${ack.line}) while its ${statement(stood)} was held back (line ${stood.line}): no row of it was in the database.`,
      es: `el mensaje ${ack.id ?? ''} recibió su ack (línea ${ack.line} del historial) mientras su ${statement(stood)} estaba retenido (línea ${stood.line}): no había ninguna fila suya en la base de datos.`,
    },
    lines: [stood.line, ack.line].sort((a, b) => a - b),
  });
}

/** The lab looked for the rows of what had been acknowledged by then. */
function ackedWithoutRow({ audits, messages }: Story): Witness | undefined {
  const audit = audits.find(({ without }) => without.length > 0);
  if (!audit) return undefined;
  const [id = ''] = audit.without;
  const ack = messages
    .find((told) => told.id === id)
    ?.settlements.find(({ how, line }) => how === 'ack' && line < audit.line);
  const [acked, looked, count] = [ack?.line ?? 0, audit.line, audit.without.length];
  return {
    story: {
      en: `message ${id} was acknowledged (history line ${acked}), and when the lab looked afterwards (line ${looked}) no row of its payment was committed. So it was with ${count} of ${counted.en(audit.acknowledged, 'message', 'messages')} acknowledged by then.`,
      es: `el mensaje ${id} recibió su ack (línea ${acked} del historial), y cuando el laboratorio miró después (línea ${looked}) no había ninguna fila de su pago con COMMIT. Así ${agreeing.es(count, 'estaba', 'estaban')} ${count} de ${counted.es(audit.acknowledged, 'mensaje', 'mensajes')} con ack.`,
    },
    lines: [acked, looked],
  };
}

/** As a witness names it. */
export const statement = ({ at }: Frozen): string =>
  at === 'commit' ? 'COMMIT' : `INSERT INTO ${at}`;

/** While the insert of a payment is held there is no row of it, whoever acknowledges. */
function ackedWhileFrozen({ frozen, messages }: Story) {
  for (const stood of frozen.filter(({ at }) => at !== 'inbox')) {
    const told = messages.find(({ id }) => id === stood.id);
    // After a crash at the insert, an acknowledgement that was sent before may still arrive.
    const delivered = new Set(
      told?.deliveries.filter(({ line }) => line < stood.line).map(({ delivery }) => delivery),
    );
    const ack = told?.settlements.find(
      ({ how, line, delivery }) =>
        how === 'ack' &&
        (line < stood.thawedOn ||
          (stood.then === 'crash' && delivery !== undefined && delivered.has(delivery))),
    );
    if (ack) return { stood, ack };
  }
  return undefined;
}

/** What is done is acknowledged; otherwise the queue grows for ever, and a restart does it all again. */
export function finishes({ messages }: Story): Finding {
  const rule: Text = {
    en: 'Every message is acknowledged in the end: the queue is empty.',
    es: 'Al final todo mensaje tiene su ack: la cola queda vacía.',
  };
  const left = messages.filter((told) => told.left > 0);
  const one = left[0];
  if (!one) return finding('finishes', rule, undefined);
  const last = one.deliveries.at(-1);
  const done = left.filter(({ rows }) => rows.length > 0).length;
  return finding('finishes', rule, {
    story: {
      en: `${counted.en(left.length, 'message was', 'messages were')} still in the queue when the worker had ended, first ${one.id}, last delivered on history line ${last?.line ?? '–'}; of ${done} of them the payment was taken.`,
      es: `${counted.es(left.length, 'mensaje seguía', 'mensajes seguían')} en la cola cuando el worker había terminado; el primero, ${one.id}, entregado por última vez en la línea ${last?.line ?? '–'} del historial; de ${done} de ellos el pago estaba cobrado.`,
    },
    lines: last ? [last.line] : [],
  });
}
