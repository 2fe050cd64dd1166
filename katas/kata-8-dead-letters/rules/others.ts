import {
  finding,
  withinTolerance,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { attempts, isPoison } from '../contract.js';
import type { Call, Story, Told } from '../story.js';
import { nameOf } from './attempts.js';
import { slownessOf } from './slowness.js';

/** Longer than anybody needs to write a copy, and to have it confirmed. */
const inHandMs = 600;
const enough = 5;

/** A loop of one message must not be what the others wait for. */
export function othersMoveOn(story: Story): Finding {
  const rule: Text = {
    en: 'A poison message does not hold the others up.',
    es: 'Un mensaje venenoso no detiene a los demás.',
  };
  const loops = loopOf(story);
  return loops ? finding('others-move-on', rule, loops) : waitsInHand(rule, story);
}

function loopOf({ messages }: Story): Witness | undefined {
  const tenth = (told: Told): number => told.calls[tooOften - 1]?.line ?? Infinity;
  const looping = messages
    .filter((told) => isPoison(told) && tenth(told) < Infinity)
    .sort((a, b) => tenth(a) - tenth(b))[0];
  if (!looping) return undefined;
  const last = looping.calls.at(-1)?.line ?? 0;
  const waiting = messages.filter(
    ({ kind, calls, publication }) =>
      kind === 'good' &&
      (publication?.completedOn ?? Infinity) < last &&
      (calls[0]?.line ?? Infinity) > last,
  );
  const one = waiting[0];
  if (!one) return undefined;
  const line = one.publication?.invokedOn ?? 0;
  return {
    story: {
      en: `by history line ${last}, ${looping.id} (${nameOf(looping).en}) had been tried ${looping.calls.length} times, while ${waiting.length} good messages had not been tried once: ${one.id} was waiting since line ${line}.`,
      es: `en la línea ${last} del historial, ${looping.id} (${nameOf(looping).es}) se había intentado ${looping.calls.length} veces, y ${waiting.length} mensajes buenos ni una: ${one.id} esperaba desde la línea ${line}.`,
    },
    lines: [line, last],
  };
}

const tooOften = 10;

interface Kept {
  readonly told: Told;
  readonly call: Call;
  readonly until: { readonly line: number; readonly at: number };
  readonly ms: number;
}

/**
 * What waits in hand has a place that the others need, and a handful of them has all. Noise only
 * adds, so the shortest of many is judged; what passes between a worker and Redis nobody sees.
 */
function waitsInHand(rule: Text, story: Story): Finding {
  const kept = story.messages.flatMap((told) => keptOf(told, story)).sort((a, b) => a.ms - b.ms);
  const shortest = kept.length >= enough ? kept[0] : undefined;
  const what = {
    en: 'the shortest time that a failed message was kept in hand',
    es: 'el menor tiempo que se retuvo entre manos un mensaje fallido',
  };
  const value = Math.round(shortest?.ms ?? 0);
  // What is short in spite of all noise is short.
  const resolution = value > inHandMs ? slownessOf(inFlood(story)) : 0;
  const margin = { what, value, limit: inHandMs, unit: 'ms', resolution };
  return withinTolerance('others-move-on', rule, margin, () => {
    const [failed, until] = [shortest?.call.answer?.line ?? 0, shortest?.until.line ?? 0];
    const id = shortest?.told.id ?? '';
    return {
      story: {
        en: `the attempt at ${id} failed on history line ${failed}, and the worker kept it in hand until line ${until}, for ${value} ms; it did so with all ${kept.length} that failed, and let none of them go sooner. Meanwhile no other message has that place.`,
        es: `el intento de ${id} falló en la línea ${failed} del historial, y el worker lo retuvo entre manos hasta la línea ${until}, ${value} ms; lo hizo con los ${kept.length} que fallaron, y no soltó antes ninguno. Mientras tanto ningún otro mensaje tiene ese hueco.`,
      },
      lines: [failed, until],
    };
  });
}

function keptOf(told: Told, { flood }: Story): Kept[] {
  // After the last there is nothing to wait for.
  return told.calls.slice(0, attempts - 1).flatMap((call): Kept[] => {
    const { answer } = call;
    if (!answer || answer.status === 201) return [];
    if (call.line < flood.from || answer.line > flood.until) return [];
    const until = [...told.settlements, ...told.calls]
      .filter(({ line }) => line > answer.line)
      .sort((a, b) => a.line - b.line)[0];
    if (!until || told.deliveries.length === 0) return [];
    return [{ told, call, until, ms: (until.at - answer.at) / 1000 }];
  });
}

const inFlood = ({ messages, flood }: Story): Told[] =>
  messages.filter(({ publication }) => publication && publication.invokedOn < flood.until);
