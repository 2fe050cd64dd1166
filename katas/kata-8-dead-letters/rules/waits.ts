import {
  finding,
  withinTolerance,
  type Finding,
  type Noted,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { attempts } from '../contract.js';
import type { Answered } from '../notes.js';
import type { Call, Story, Told } from '../story.js';
import { slownessOf } from './slowness.js';

const atMostMs = 1_000;
/** For the way there and back: to a queue, out of it, to the worker, and from it to the warehouse. */
const onItsWayMs = 200;
const legs = 4;
const enough = 4;

interface Wait {
  readonly told: Told;
  readonly failed: Noted<Answered>;
  readonly next: Call;
  readonly ms: number;
}

/**
 * Judged by those that had the worker to themselves: nothing stood before them in the queue. Noise
 * only adds, so the shortest wait after each attempt is judged.
 */
export function triedAgainInTime(story: Story): Finding {
  const rule: Text = {
    en: 'Between two attempts passes one second at most.',
    es: 'Entre dos intentos pasa como mucho un segundo.',
  };
  const alone = story.messages.filter(({ id }) => story.alone.has(id));
  const shortest = Array.from({ length: attempts - 1 }, (_, n) => waitsAfter(alone, n))
    .flatMap((waits) => (waits.length >= enough ? (waits[0] ?? []) : []))
    .sort((a, b) => b.ms - a.ms)[0];
  if (!shortest) return finding('tried-again-in-time', rule, undefined);
  const what = {
    en: 'the shortest wait between two attempts, after the one where it was longest',
    es: 'la espera más corta entre dos intentos, tras aquel en que fue más larga',
  };
  const margin = {
    ...{ what, value: Math.round(shortest.ms), limit: atMostMs + onItsWayMs, unit: 'ms' },
    resolution: Math.round(legs * slownessOf(alone)),
  };
  return withinTolerance('tried-again-in-time', rule, margin, () => tooLong(shortest));
}

function waitsAfter(alone: readonly Told[], n: number): Wait[] {
  return alone
    .flatMap((told): Wait[] => {
      const [call, next] = told.calls.slice(n, n + 2);
      const failed = call?.answer;
      if (!failed || !next || failed.status === 201) return [];
      return [{ told, failed, next, ms: (next.at - failed.at) / 1000 }];
    })
    .sort((a, b) => a.ms - b.ms);
}

function tooLong({ told: { id }, failed, next, ms }: Wait): Witness {
  const [attempt, value] = [failed.attempt, Math.round(ms)];
  return {
    story: {
      en: `attempt ${attempt} at ${id} failed on history line ${failed.line}, and the next one came on line ${next.line}, ${value} ms later, though no other message waited. No message came sooner after its attempt ${attempt}.`,
      es: `el intento ${attempt} de ${id} falló en la línea ${failed.line} del historial, y el siguiente llegó en la línea ${next.line}, ${value} ms después, sin que esperara ningún otro mensaje. Ninguno llegó antes tras su intento ${attempt}.`,
    },
    lines: [failed.line, next.line],
  };
}
