import {
  times,
  counted,
  finding,
  type Finding,
  type Received,
  type Text,
} from '../../../src/kata/index.js';
import { attempts, deadLetters, isPoison } from '../contract.js';
import type { Story, Told } from '../story.js';
import { nameOf } from './attempts.js';

/**
 * A second copy is excused by a connection that ended with the message in hand; and where the broker
 * itself is the one that copies, by its own death: it does so at least once.
 */
export function poisonInDlqOnce(story: Story): Finding {
  const rule: Text = {
    en: `Every poison message lies in ${deadLetters} exactly once.`,
    es: `Cada mensaje venenoso está en ${deadLetters} exactamente una vez.`,
  };
  const wrong = story.messages.filter(
    (told) =>
      isPoison(told) &&
      (copiesOf(told, story) > 1 + told.cutOff ||
        (told.dead.length === 0 && told.publication?.outcome === 'ok')),
  );
  const one = wrong.find(({ dead, left }) => dead.length > 0 || left === 0) ?? wrong[0];
  if (!one) return finding('poison-in-dlq-once', rule, undefined);
  const drained = story.drainedOn.get(deadLetters) ?? 0;
  const published = one.publication?.invokedOn ?? 0;
  const where = whereNow(one);
  return finding('poison-in-dlq-once', rule, {
    story: {
      en: `message ${one.id} (${nameOf(one).en}), published on history line ${published}, lay in ${deadLetters} ${times.en(one.dead.length)} at the end (line ${drained}); ${where.en} In all, this is wrong of ${counted.en(wrong.length, 'poison message', 'poison messages')}.`,
      es: `el mensaje ${one.id} (${nameOf(one).es}), publicado en la línea ${published} del historial, estaba ${times.es(one.dead.length)} en ${deadLetters} al final (línea ${drained}); ${where.es} En total, esto falla en ${counted.es(wrong.length, 'mensaje venenoso', 'mensajes venenosos')}.`,
    },
    lines: [published, drained],
  });
}

/** Those for which the broker may be to blame count once. */
function copiesOf({ dead }: Told, { restarted }: Story): number {
  const byBroker = dead.filter(({ deaths }) =>
    deaths.some(({ reason }) => reason === 'delivery_limit'),
  );
  const isKilled = restarted?.how === 'kill' || restarted?.how === 'stop';
  return isKilled ? dead.length - Math.max(0, byBroker.length - 1) : dead.length;
}

function whereNow({ dead, left, calls, settlements }: Told): Text {
  if (dead.length > 1)
    return {
      en: 'nothing had cut its delivery off as often.',
      es: 'nada había cortado su entrega tantas veces.',
    };
  if (left > 0) return { en: 'it was still in work.', es: 'seguía en work.' };
  const last = settlements.at(-1);
  const tried: Text = {
    en: `it had been tried ${times.en(calls.length)} and is nowhere`,
    es: `se había intentado ${times.es(calls.length)} y no está en ninguna parte`,
  };
  const how = last?.how === 'discard' ? 'nack, requeue=false' : (last?.how ?? '');
  return last
    ? {
        en: `${tried.en}: the worker's last word was "${how}" (line ${last.line}).`,
        es: `${tried.es}: lo último que dijo el worker fue "${how}" (línea ${last.line}).`,
      }
    : { en: `${tried.en}.`, es: `${tried.es}.` };
}

/** What works at the third attempt is no dead letter. */
export function onlyPoisonDead({ messages, drainedOn }: Story): Finding {
  const rule: Text = {
    en: `Nothing but poison lies in ${deadLetters}.`,
    es: `En ${deadLetters} solo hay mensajes venenosos.`,
  };
  const wrong = messages.filter(
    (told) => !isPoison(told) && told.dead.length > 0 && told.cutOff === 0,
  );
  const one = wrong[0];
  if (!one) return finding('only-poison-dead', rule, undefined);
  const line = drainedOn.get(deadLetters) ?? 0;
  const tried = one.calls.map((call) => call.line);
  return finding('only-poison-dead', rule, {
    story: {
      en: `message ${one.id} (${nameOf(one).en}) was tried ${times.en(one.calls.length)} (history lines ${tried.join(', ') || '–'}) and lay among the dead letters at the end (line ${line}). In all, ${counted.en(wrong.length, 'such message', 'such messages')}.`,
      es: `el mensaje ${one.id} (${nameOf(one).es}) se intentó ${times.es(one.calls.length)} (líneas ${tried.join(', ') || '–'} del historial) y al final estaba entre los dead letters (línea ${line}). En total, ${counted.es(wrong.length, 'mensaje', 'mensajes')} así.`,
    },
    lines: [...tried, line],
  });
}

/** Whoever is woken at night for it wants to know why. */
export function reasonTold({ messages, drainedOn }: Story): Finding {
  const rule: Text = {
    en: 'Every dead letter tells why it died and after how many attempts.',
    es: 'Cada dead letter dice por qué murió y tras cuántos intentos.',
  };
  const dead = messages.filter(isPoison).flatMap((told) => told.dead.map((one) => ({ told, one })));
  const silent = dead.flatMap(({ told, one }) => {
    const missing = missingIn(one, told);
    return missing ? [{ told, one, missing }] : [];
  });
  const first = silent[0];
  if (!first) return finding('reason-told', rule, undefined);
  const line = drainedOn.get(deadLetters) ?? 0;
  const headers = JSON.stringify(first.one.headers);
  return finding('reason-told', rule, {
    story: {
      en: `the dead letter of ${first.told.id} (${nameOf(first.told).en}, history line ${line}) has ${first.missing.en}; its headers: ${headers}. In all, ${silent.length} of ${counted.en(dead.length, 'dead letter', 'dead letters')}.`,
      es: `el dead letter de ${first.told.id} (${nameOf(first.told).es}, línea ${line} del historial) ${first.missing.es}; sus cabeceras: ${headers}. En total, ${silent.length} de ${counted.es(dead.length, 'dead letter', 'dead letters')}.`,
    },
    lines: [line],
  });
}

/** A broker that counts says so itself; it knows no error text. */
function missingIn({ headers, deaths }: Received, told: Told): Text | undefined {
  const reason = headers['x-reason'];
  if (reason === undefined && deaths.some((death) => death.reason === 'delivery_limit'))
    return undefined;
  if (typeof reason !== 'string' || reason.trim() === '')
    return { en: 'no x-reason', es: 'no tiene x-reason' };
  const said = headers['x-attempts'];
  const count = Number(said);
  if (said === undefined || said === '' || !Number.isInteger(count))
    return {
      en: 'no x-attempts that is a whole number',
      es: 'no tiene x-attempts que sea un número entero',
    };
  const isRight =
    told.kind === 'unreadable' || told.cutOff > 0
      ? count >= 1 && count <= attempts + told.cutOff
      : count === attempts;
  const was = told.kind === 'unreadable' ? '1–3' : String(attempts);
  return isRight
    ? undefined
    : {
        en: `x-attempts ${count} instead of ${was}`,
        es: `tiene x-attempts ${count} en vez de ${was}`,
      };
}

/** It can be sent again as it was. */
export function bodyKept({ messages, strayLetters, drainedOn }: Story): Finding {
  const rule: Text = {
    en: 'A dead letter has the body and the message_id of its original.',
    es: 'Un dead letter tiene el cuerpo y el message_id de su original.',
  };
  const line = drainedOn.get(deadLetters) ?? 0;
  const stray = strayLetters[0];
  if (stray)
    return finding('body-kept', rule, {
      story: {
        en: `among the dead letters (history line ${line}) lies one with message_id "${stray.id}" and body ${shown(stray.body)}: nothing was published under that id.`,
        es: `entre los dead letters (línea ${line} del historial) hay uno con message_id "${stray.id}" y cuerpo ${shown(stray.body)}: no se publicó nada con ese id.`,
      },
      lines: [line],
    });
  const changed = messages.flatMap((told) =>
    told.dead.filter((one) => !isSame(one.body, told.body)).map((one) => ({ told, one })),
  )[0];
  if (!changed) return finding('body-kept', rule, undefined);
  const { told, one } = changed;
  const published = told.publication?.invokedOn ?? 0;
  return finding('body-kept', rule, {
    story: {
      en: `message ${told.id} was published as ${shown(told.body)} (history line ${published}), and its dead letter says ${shown(one.body)} (line ${line}).`,
      es: `el mensaje ${told.id} se publicó como ${shown(told.body)} (línea ${published} del historial), y su dead letter dice ${shown(one.body)} (línea ${line}).`,
    },
    lines: [published, line],
  });
}

const shown = (body: unknown): string => JSON.stringify(body ?? null).slice(0, 200);

/** Of JSON; the order of fields says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size &&
    left.every(([name, value]) => right.has(name) && isSame(value, right.get(name)))
  );
}
