import {
  agreeing,
  counted,
  finding,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { bounds, isJittered, levels, longestMs, waits, type Limits } from '../contract.js';
import type { Story } from '../story.js';
import { cutShort } from './cut-short.js';
import { drawnOtherwise } from './draws.js';
import { finishes } from './ends.js';
import { readPulse, type Pulse } from './pulse.js';
import { linesOf, shown, told, type Judge, type Wait } from './wait.js';

/** Clocks of timers and brokers count whole milliseconds, and some begin in the middle of one. */
const earlyMs = 5;
/** A level with fewer waits than this says nothing about its shortest. */
export const enough = 10;
/** Beyond what the pulses tell, and a twentieth of the wait: what the way through a queue may cost. */
const luckyMs = 60;
/** A program may round jitter by so much, and the way into its queue takes time, too. */
const roundedMs = 20;
const sigmas = 4;
/**
 * Of so many even draws the lowest and the highest lie closer together than this share of their
 * range once in five million times.
 */
const [enoughDraws, closeShare] = [16, 0.3];

export function waitsOf({ messages }: Story): Wait[] {
  // Where confirms were held back, so were the waits.
  const timed = messages.filter(({ group }) => group !== 'late');
  return timed.flatMap(({ charges }) =>
    charges.slice(1).flatMap((to, at) => {
      const from = charges[at];
      return from?.status === 503
        ? [{ id: to.id, failed: from.attempt, ms: (to.at - from.at) / 1000, from, to }]
        : [];
    }),
  );
}

/**
 * Never shorter than the formula, exactly. Longer only by what the machine costs: noise only adds,
 * so the shortest wait of many is close to the formula, and no single one is late by far more than
 * the pulses were at that moment.
 */
export function waitsAsTold(story: Story, strategy: string, limits: Limits): Finding {
  const rule: Text = {
    en: 'Each wait is the one that the strategy says: not shorter, and not much longer.',
    es: 'Cada espera es la que dice la estrategia: ni más corta ni mucho más larga.',
  };
  const all = waitsOf(story).filter(({ failed }) => failed < limits.attempts);
  const pulse = readPulse(story);
  const judge = { strategy, limits, pulse };
  // Where messages were never let go, those behind them came in heaps, however their waits were drawn.
  const stands = finishes(story).holds === false;
  return finding(
    'waits-as-told',
    rule,
    tooShort(all, judge) ??
      cutShort(story.history) ??
      tooLong(all, judge) ??
      atLeastTooLong(all, judge) ??
      notSpread(all, judge) ??
      drawnOnce(all, judge) ??
      (stands ? undefined : drawnOtherwise(all, judge)),
  );
}

function tooShort(all: readonly Wait[], { strategy, limits }: Judge): Witness | undefined {
  const short = all.filter(
    ({ failed, ms }) => ms < bounds(strategy, failed, limits).least - earlyMs,
  );
  const [one] = short;
  if (!one) return undefined;
  const { least } = bounds(strategy, one.failed, limits);
  return {
    story: {
      en: `${told(one).en}, ${shown(one.ms)} ms after the failure; ${strategy} waits ${shown(least)} ms there. ${short.length} of ${all.length} waits ${agreeing.en(short.length, 'was', 'were')} too short.`,
      es: `${told(one).es}, ${shown(one.ms)} ms después del fallo; ${strategy} espera ahí ${shown(least)} ms. ${short.length} de ${all.length} esperas ${agreeing.es(short.length, 'fue demasiado corta', 'fueron demasiado cortas')}.`,
    },
    lines: linesOf(one),
  };
}

/** One message that stood behind others, or was forgotten for a time. */
function tooLong(all: readonly Wait[], { strategy, limits, pulse }: Judge): Witness | undefined {
  if (!waits(strategy)) return undefined;
  const slack = slackMs(strategy, limits);
  const long = all.filter(({ failed, ms, from, to }) => {
    const { most } = bounds(strategy, failed, limits);
    if (ms <= most + slack) return false;
    return ms > most + slack + 2 * pulse.worst(from.at + most * 1000, to.at);
  });
  const worst = long.reduce<Wait | undefined>((found, one) => {
    const over = (wait: Wait): number => wait.ms - bounds(strategy, wait.failed, limits).most;
    return found && over(found) >= over(one) ? found : one;
  }, undefined);
  if (!worst) return undefined;
  const { most } = bounds(strategy, worst.failed, limits);
  const meanwhile = shown(pulse.worst(worst.from.at + most * 1000, worst.to.at));
  const ahead = standsBehind(worst, all);
  return {
    story: {
      en: `${told(worst).en}, ${shown(worst.ms)} ms after the failure; ${strategy} waits ${shown(most)} ms at most there, and a message without a failure took ${meanwhile} ms in that time.${ahead.en} ${long.length} of ${all.length} waits ${agreeing.en(long.length, 'was', 'were')} too long.`,
      es: `${told(worst).es}, ${shown(worst.ms)} ms después del fallo; ${strategy} espera ahí ${shown(most)} ms como mucho, y un mensaje sin fallos tardó ${meanwhile} ms en ese tiempo.${ahead.es} ${long.length} de ${all.length} esperas ${agreeing.es(long.length, 'fue demasiado larga', 'fueron demasiado largas')}.`,
    },
    lines: [...linesOf(worst), ...ahead.lines].sort((a, b) => a - b),
  };
}

/** So much later than the formula a single message may be, beyond twice what the pulses were. */
function slackMs(strategy: string, limits: Limits): number {
  const spread = longestMs(limits) - limits.baseMs;
  return strategy === 'fixed' ? 600 : Math.max(150, 0.4 * spread);
}

/** Whose wait began before this one and ended just before it: most likely it stood in front. */
function standsBehind(wait: Wait, all: readonly Wait[]): Text & { lines: readonly number[] } {
  const ahead = all
    .filter(({ id, from, to }) => id !== wait.id && from.at < wait.from.at && to.at < wait.to.at)
    .reduce<Wait | undefined>(
      (last, one) => (last && last.to.at >= one.to.at ? last : one),
      undefined,
    );
  if (!ahead || ahead.to.at < wait.from.at) return { en: '', es: '', lines: [] };
  return {
    en: ` ${ahead.id}, which had begun a wait before it (line ${ahead.from.line}), came just ahead of it (line ${ahead.to.line}).`,
    es: ` ${ahead.id}, que había empezado a esperar antes (línea ${ahead.from.line}), llegó justo delante (línea ${ahead.to.line}).`,
    lines: linesOf(ahead),
  };
}

/** Not even the luckiest of many was close: the formula is another one. */
function atLeastTooLong(
  all: readonly Wait[],
  { strategy, limits, pulse }: Judge,
): Witness | undefined {
  if (isJittered(strategy)) return undefined;
  for (const failed of levels(limits)) {
    const here = all.filter((wait) => wait.failed === failed);
    const [first, ...rest] = here;
    if (!first || here.length < enough) continue;
    const shortest = rest.reduce((found, one) => (one.ms < found.ms ? one : found), first);
    const { most } = bounds(strategy, failed, limits);
    if (shortest.ms <= longestLuckyMs(shortest, most, pulse)) continue;
    return {
      story: {
        en: `after ${counted.en(failed, 'failed attempt', 'failed attempts')}, ${strategy} waits ${shown(most)} ms; of ${here.length} such waits the shortest took ${shown(shortest.ms)} ms (${shortest.id}, history lines ${shortest.from.line} and ${shortest.to.line}).`,
        es: `tras ${counted.es(failed, 'intento fallido', 'intentos fallidos')}, ${strategy} espera ${shown(most)} ms; de ${here.length} esperas así, la más corta duró ${shown(shortest.ms)} ms (${shortest.id}, líneas ${shortest.from.line} y ${shortest.to.line} del historial).`,
      },
      lines: linesOf(shortest),
    };
  }
  return undefined;
}

/** Beyond this even the luckiest of many was told to wait for longer. */
function longestLuckyMs({ from, to }: Wait, most: number, pulse: Pulse): number {
  return most * 1.05 + luckyMs + 2 * pulse.worst(from.at + most * 1000, to.at);
}

/**
 * The last level that may still double: which shortest wait would have been too long there. One that
 * came is proof enough, for noise only adds.
 */
export function doublingTold(
  all: readonly Wait[],
  { strategy, limits, pulse }: Judge,
): { readonly failed: number; readonly couldTellMs: number } {
  const most = (failed: number): number => bounds(strategy, failed, limits).most;
  const failed = Math.max(1, ...levels(limits).filter((n) => most(n + 1) >= 2 * most(n)));
  const here = all.filter((wait) => wait.failed === failed).sort((a, b) => a.ms - b.ms);
  const [shortest] = here;
  const couldTellMs =
    shortest && enoughIn(here) ? longestLuckyMs(shortest, most(failed), pulse) : Infinity;
  return {
    failed,
    couldTellMs: Math.min(couldTellMs, enoughIn(here) ? (shortest?.ms ?? Infinity) : Infinity),
  };
}

const enoughIn = (waits: readonly Wait[]): boolean => waits.length >= enough;

/**
 * Full jitter falls below the middle of its range as often as above. Noise only adds: it can make
 * those below fewer, by as much as the pulses tell, and never more.
 */
function notSpread(all: readonly Wait[], { strategy, limits, pulse }: Judge): Witness | undefined {
  if (!isJittered(strategy)) return undefined;
  const wide = all.flatMap((wait) => {
    const { most } = bounds(strategy, wait.failed, limits);
    if (most < 0.3 * longestMs(limits)) return [];
    const lateMs = 1.25 * pulse.meanWithin(wait.from.at, wait.from.at + most * 500) + roundedMs;
    const [chance, most1] = [0.5 - lateMs / most, 0.5 + roundedMs / most];
    return [{ wait, isBelow: wait.ms < most / 2, least: Math.max(0, chance), most: most1 }];
  });
  const below = wide.filter(({ isBelow }) => isBelow);
  const tooFew = below.length < sumOf(wide.map(({ least }) => least)) - scatter(wide, 'least');
  const tooMany = below.length > sumOf(wide.map(({ most }) => most)) + scatter(wide, 'most');
  if (!tooFew && !tooMany) return undefined;
  const one = wide.find(({ isBelow }) => isBelow === tooMany)?.wait;
  return {
    story: {
      en: `full jitter draws evenly between 0 and the exponential wait, so about half of the waits are below its middle: of ${wide.length} it was ${below.length}.${one ? ` For example, ${told(one).en}, after ${shown(one.ms)} ms.` : ''}`,
      es: `full jitter sortea por igual entre 0 y la espera exponencial, así que la mitad de las esperas, más o menos, queda por debajo de su centro: de ${wide.length} fueron ${below.length}.${one ? ` Por ejemplo, ${told(one).es}, a los ${shown(one.ms)} ms.` : ''}`,
    },
    lines: one ? linesOf(one) : [],
  };
}

/**
 * One draw for all who wait leaves them together: nothing is spread. What was late may have brought
 * them together, too.
 */
function drawnOnce(all: readonly Wait[], { strategy, limits, pulse }: Judge): Witness | undefined {
  if (!isJittered(strategy)) return undefined;
  for (const failed of levels(limits)) {
    const { most } = bounds(strategy, failed, limits);
    const here = all.filter((wait) => wait.failed === failed).sort((a, b) => a.ms - b.ms);
    const [first, last] = [here[0], here.at(-1)];
    if (!first || !last || here.length < enoughDraws) continue;
    if (most < 0.3 * longestMs(limits)) continue;
    const came = here.map(({ to }) => to.at);
    const lateMs = pulse.worst(Math.min(...came) - closeShare * most * 1000, Math.max(...came));
    if (last.ms - first.ms + lateMs >= closeShare * most) continue;
    return {
      story: {
        en: `after ${counted.en(failed, 'failed attempt', 'failed attempts')}, full jitter draws anew for every message, between 0 and ${shown(most)} ms; all ${here.length} such waits took between ${shown(first.ms)} ms (${first.id}, history lines ${first.from.line} and ${first.to.line}) and ${shown(last.ms)} ms (${last.id}, lines ${last.from.line} and ${last.to.line}): who failed together comes back together.`,
        es: `tras ${counted.es(failed, 'intento fallido', 'intentos fallidos')}, full jitter sortea de nuevo para cada mensaje, entre 0 y ${shown(most)} ms; las ${here.length} esperas así duraron entre ${shown(first.ms)} ms (${first.id}, líneas ${first.from.line} y ${first.to.line} del historial) y ${shown(last.ms)} ms (${last.id}, líneas ${last.from.line} y ${last.to.line}): quienes fallaron juntos vuelven juntos.`,
      },
      lines: [...linesOf(first), ...linesOf(last)].sort((a, b) => a - b),
    };
  }
  return undefined;
}

type Chances = { readonly [K in 'least' | 'most']: number };

/** Beyond what chance does. */
function scatter(wide: readonly Chances[], which: keyof Chances): number {
  return sigmas * Math.sqrt(sumOf(wide.map((one) => one[which] * (1 - one[which]))));
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);
