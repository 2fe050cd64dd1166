import {
  times,
  counted,
  finding,
  type Finding,
  type Received,
  type Text,
} from '../../../src/kata/index.js';
import { deadLetters, isPoison } from '../contract.js';
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

/** It can be sent again as it was. */
export function bodyKept({ messages, strayLetters, drainedOn }: Story): Finding {
  const rule: Text = {
    en: 'A dead letter has the body of its original, byte for byte, and its message_id, and is persistent.',
    es: 'Un dead letter tiene el cuerpo de su original, byte a byte, y su message_id, y es persistente.',
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
  const all = messages.flatMap((told) => told.dead.map((one) => ({ told, one })));
  const changed = all.find(({ told, one }) => !isSame(one, told));
  if (changed) {
    const { told, one } = changed;
    const published = told.publication?.invokedOn ?? 0;
    return finding('body-kept', rule, {
      story: {
        en: `message ${told.id} was published as ${textOf(told)} (history line ${published}), and its dead letter says ${textOf(one)} (line ${line}).`,
        es: `el mensaje ${told.id} se publicó como ${textOf(told)} (línea ${published} del historial), y su dead letter dice ${textOf(one)} (línea ${line}).`,
      },
      lines: [published, line],
    });
  }
  const passing = all.find(({ one }) => one.persistent === false);
  if (!passing) return finding('body-kept', rule, undefined);
  const { id } = passing.told;
  return finding('body-kept', rule, {
    story: {
      en: `the dead letter of ${id} (history line ${line}) is not persistent: a broker that is restarted forgets it.`,
      es: `el dead letter de ${id} (línea ${line} del historial) no es persistente: un broker que se reinicia lo olvida.`,
    },
    lines: [line],
  });
}

const shown = (body: unknown): string => JSON.stringify(body ?? null).slice(0, 200);

type Sent = Pick<Received, 'body' | 'rawBody'>;

const textOf = ({ body, rawBody }: Sent): string =>
  (rawBody ?? JSON.stringify(body ?? null)).slice(0, 200);

const isSame = (one: Sent, other: Sent): boolean => textOf(one) === textOf(other);
