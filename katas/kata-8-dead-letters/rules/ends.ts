import {
  times,
  agreeing,
  counted,
  finding,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import { deadLetters, isPoison, work } from '../contract.js';
import type { Story, Told } from '../story.js';
import { isShipped, nameOf } from './attempts.js';

/** Confirmed to the publisher, and now neither done, nor a dead letter, nor waiting. */
export const isLost = (told: Told): boolean =>
  told.publication?.outcome === 'ok' &&
  told.left === 0 &&
  told.dead.length === 0 &&
  !isShipped(told);

export function noneLost(story: Story): Finding {
  const rule: Text = {
    en: 'No message is lost: each that was confirmed is done or a dead letter, also over a restart of the broker.',
    es: 'No se pierde ningún mensaje: todo mensaje cuyo confirm recibió el publicador está hecho o es un dead letter, también si el broker se reinicia.',
  };
  const lost = story.messages.filter(isLost);
  const one = lost[0];
  if (!one) return finding('none-lost', rule, undefined);
  const published = one.publication?.invokedOn ?? 0;
  const tried = one.calls.map(({ line }) => line);
  const end = endOf(one, story);
  const lines = [published, ...tried, ...end.lines];
  return finding('none-lost', rule, {
    story: {
      en: `message ${one.id} (${nameOf(one).en}) was published and confirmed (history line ${published}) and tried ${times.en(tried.length)} (line ${tried.join(', ') || '–'}). ${end.story.en}At the end it was neither done nor in ${work} nor in ${deadLetters}. In all, ${counted.en(lost.length, 'message was', 'messages were')} lost.`,
      es: `el mensaje ${one.id} (${nameOf(one).es}) se publicó y tuvo su confirm (línea ${published} del historial) y se intentó ${times.es(tried.length)} (línea ${tried.join(', ') || '–'}). ${end.story.es}Al final no estaba hecho, ni en ${work}, ni en ${deadLetters}. En total ${agreeing.es(lost.length, 'se perdió', 'se perdieron')} ${counted.es(lost.length, 'mensaje', 'mensajes')}.`,
    },
    lines,
  });
}

function endOf({ settlements, copies }: Told, story: Story): { story: Text; lines: number[] } {
  const last = settlements.at(-1);
  const copy = copies.find(({ key }) => key === deadLetters);
  const { restarted } = story;
  if (copy && restarted && copy.line < restarted.line)
    return {
      story: {
        en: `Its copy for ${deadLetters} went out on line ${copy.line}, before the broker was restarted (line ${restarted.line}). `,
        es: `Su copia para ${deadLetters} salió en la línea ${copy.line}, antes de reiniciar el broker (línea ${restarted.line}). `,
      },
      lines: [copy.line, restarted.line],
    };
  if (!last) return { story: { en: '', es: '' }, lines: [] };
  return {
    story:
      last.how === 'discard'
        ? {
            en: `The worker rejected it with requeue=false (line ${last.line}), and the queue has nowhere to send that. `,
            es: `El worker lo rechazó con requeue=false (línea ${last.line}), y la cola no tiene adónde mandarlo. `,
          }
        : {
            en: `The worker acknowledged it all the same (line ${last.line}). `,
            es: `Aun así el worker le dio ack (línea ${last.line}). `,
          },
    lines: [last.line],
  };
}

/** What is done, or given up, is acknowledged. */
export function finishes({ messages, drainedOn }: Story): Finding {
  const rule: Text = {
    en: `In the end ${work} is empty: every message is done or a dead letter.`,
    es: `Al final ${work} está vacía: cada mensaje está hecho o es un dead letter.`,
  };
  const left = messages.filter((told) => told.left > 0);
  const one = left[0];
  if (!one) return finding('finishes', rule, undefined);
  const line = drainedOn.get(work) ?? 0;
  const poison = left.filter(isPoison).length;
  return finding('finishes', rule, {
    story: {
      en: `${counted.en(left.length, 'message was', 'messages were')} still in ${work} when the worker had ended (history line ${line}), ${poison} of them poison; the first is ${one.id} (${nameOf(one).en}), tried ${times.en(one.calls.length)}.`,
      es: `${counted.es(left.length, 'mensaje seguía', 'mensajes seguían')} en ${work} cuando el worker había terminado (línea ${line} del historial), ${poison} de ellos venenosos; el primero es ${one.id} (${nameOf(one).es}), intentado ${times.es(one.calls.length)}.`,
    },
    lines: [line],
  });
}
