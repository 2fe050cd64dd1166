import type { Text, Witness } from '../../../src/kata/index.js';
import { bounds, isJittered, levels, longestMs } from '../contract.js';
import { correlated, crowdedAtTheStart, shiftOf, varianceOf, widest } from './draws-statistics.js';
import { linesOf, shown, told, type Judge, type Wait } from './wait.js';

/** A program may round by so much, and timers begin in the middle of a millisecond. */
const roundedMs = 35;
/** The way to the queue and back costs somewhat more than a pulse's. */
const latePulses = 1.5;
/** Milliseconds before its arrival in which what delays a message delays pulses, too. */
const lately = 200;
/** Draws at a level that say anything about how they are drawn. */
export const enoughDraws = 24;

/** A wait as a share of the longest that it may be. */
interface Draw {
  readonly wait: Wait;
  readonly share: number;
  /** What rounding, and what the machine, may have made of it; as shares, too. */
  readonly rounded: number;
  readonly late: number;
}

/** By level, those whose range is wide against what the way costs. */
export function drawsOf(all: readonly Wait[], { strategy, limits, pulse }: Judge): Draw[][] {
  return levels(limits).flatMap((failed) => {
    const { most } = bounds(strategy, failed, limits);
    const here = all.filter((wait) => wait.failed === failed);
    if (most < 0.3 * longestMs(limits)) return [];
    const draws = here.flatMap((wait): Draw[] => {
      const late = latePulses * pulse.meanWithin(wait.to.at - lately * 1000, wait.to.at);
      // Of a wait that ended where no pulse came nobody knows what the machine made of it.
      if (!Number.isFinite(late)) return [];
      return [{ wait, share: wait.ms / most, rounded: roundedMs / most, late: late / most }];
    });
    return draws.length < enoughDraws ? [] : [draws];
  });
}

/** Where all was late, nobody is to blame for how the waits lie. */
export const canTell = (all: readonly Wait[], judge: Judge): boolean =>
  (resolutionOf(all, judge) ?? Infinity) <= neededResolution;

/**
 * How far a share of the draws must be from where they belong, for this run to tell: by chance alone
 * less than once in 100,000 runs, by rounding, and by what the machine cost. Undefined where too few
 * came so far.
 */
export function resolutionOf(all: readonly Wait[], judge: Judge): number | undefined {
  const last = drawsOf(all, judge).at(-1);
  if (!last) return undefined;
  const allowed = last.reduce((sum, { rounded, late }) => sum + rounded + late, 0) / last.length;
  return shiftOf(last.length) + allowed;
}

/** A cap after the draw puts three in eight of the last waits on it. */
export const neededResolution = 0.36;

/** Evenly over the range, anew for each message and each attempt. */
export function drawnOtherwise(all: readonly Wait[], judge: Judge): Witness | undefined {
  if (!isJittered(judge.strategy)) return undefined;
  const byLevel = drawsOf(all, judge);
  if (byLevel.length === 0 || !canTell(all, judge)) return undefined;
  for (const draws of [...byLevel, byLevel.flat()]) {
    const witness = unevenly(draws) ?? heapedUp(draws);
    if (witness) return witness;
  }
  return tooWide(byLevel) ?? tooNarrow(byLevel) ?? twiceForOne(byLevel) ?? forNeighbours(byLevel);
}

/** The machine and rounding move a wait; beyond that, as many lie below each point as should. */
function unevenly(draws: readonly Draw[]): Witness | undefined {
  const allowed = shiftOf(draws.length);
  const low = draws
    .map(({ wait, share, rounded }) => ({ wait, at: share + rounded }))
    .sort((a, b) => a.at - b.at);
  const high = draws
    .map(({ wait, share, rounded, late }) => ({ wait, at: Math.min(1, share - rounded - late) }))
    .sort((a, b) => a.at - b.at);
  const early = low.findIndex(({ at }, n) => (n + 1) / low.length - at > allowed);
  const late = high.findIndex(({ at }, n) => at - n / high.length > allowed);
  if (early < 0 && late < 0) return undefined;
  const [one, n] = early >= 0 ? [low[early], early + 1] : [high[late], late];
  if (!one) return undefined;
  const percent = Math.round(100 * Math.min(1, shareOf(draws, one.wait)));
  return {
    story: {
      en: `full jitter draws evenly: about ${percent} in a hundred waits are shorter than ${percent} % of the longest. Of ${draws.length} after ${levelsIn(draws)} failed attempts, it was ${n}. At that point: ${told(one.wait).en}, after ${shown(one.wait.ms)} ms.`,
      es: `full jitter sortea por igual: unas ${percent} de cada cien esperas son más cortas que el ${percent} % de la más larga. De ${draws.length} tras ${levelsIn(draws)} intentos fallidos, fueron ${n}. En ese punto: ${told(one.wait).es}, a los ${shown(one.wait.ms)} ms.`,
    },
    lines: linesOf(one.wait),
  };
}

/**
 * What is cut off at an end lies there in a heap, and half a heap at each of them is one as well. No
 * draw is taken for nearer to an end than rounding, and what was late, may have brought it.
 */
function heapedUp(draws: readonly Draw[]): Witness | undefined {
  const fromStart = ({ share, rounded }: Draw): number => share + rounded;
  const fromEnd = ({ share, rounded, late }: Draw): number => 1 - share + rounded + late;
  const nearest = (draw: Draw): number => 2 * Math.min(fromStart(draw), fromEnd(draw));
  const ends = [
    { from: fromStart, name: { en: 'shortest', es: 'más cortas' } },
    { from: fromEnd, name: { en: 'longest', es: 'más largas' } },
    { from: nearest, name: { en: 'shortest and longest', es: 'más cortas y más largas' } },
  ];
  for (const { from, name } of ends) {
    const heap = crowdedAtTheStart(draws.map(from));
    const [one] = [...draws].sort((a, b) => from(a) - from(b));
    if (!heap || !one) continue;
    const percent = Math.round(100 * heap.at);
    return {
      story: {
        en: `full jitter draws evenly, so about ${percent} in a hundred waits are among the ${percent} % of the range that are ${name.en}. Of ${draws.length} after ${levelsIn(draws)} failed attempts, ${heap.count} were, also where rounding and what was late are allowed for. For example, ${told(one.wait).en}, after ${shown(one.wait.ms)} ms.`,
        es: `full jitter sortea por igual, así que unas ${percent} de cada cien esperas están en el ${percent} % del intervalo con las ${name.es}. De ${draws.length} tras ${levelsIn(draws)} intentos fallidos lo estaban ${heap.count}, también descontando el redondeo y lo que llegó tarde. Por ejemplo, ${told(one.wait).es}, a los ${shown(one.wait.ms)} ms.`,
      },
      lines: linesOf(one.wait),
    };
  }
  return undefined;
}

const shareOf = (draws: readonly Draw[], wait: Wait): number =>
  draws.find((draw) => draw.wait === wait)?.share ?? 0;

const levelsIn = (draws: readonly Draw[]): string =>
  [...new Set(draws.map(({ wait }) => wait.failed))].join(', ');

/** A heap at each end, which what was late has spread: by more than it can have. */
function tooWide(byLevel: readonly (readonly Draw[])[]): Witness | undefined {
  for (const draws of byLevel) {
    const { variance } = varianceOf([draws.map(({ share }) => share)]);
    const [one] = draws;
    if (!one || variance <= widest(draws.map(({ late }) => late))) continue;
    const [is, should] = [variance, 1 / 12].map((value) => Math.round(100 * Math.sqrt(value)));
    return {
      story: {
        en: `full jitter draws evenly between 0 and the exponential wait, so the waits scatter by ${should} % of it. These ${draws.length} after ${levelsIn(draws)} failed attempts scattered by ${is} %, more than what was late can have done: too many lie near the two ends. One of them: ${told(one.wait).en}, after ${shown(one.wait.ms)} ms.`,
        es: `full jitter sortea por igual entre 0 y la espera exponencial, así que las esperas se dispersan un ${should} % de ella. Estas ${draws.length} tras ${levelsIn(draws)} intentos fallidos se dispersaron un ${is} %, más de lo que explica lo que llegó tarde: demasiadas están cerca de los dos extremos. Una de ellas: ${told(one.wait).es}, a los ${shown(one.wait.ms)} ms.`,
      },
      lines: linesOf(one.wait),
    };
  }
  return undefined;
}

/** Dice that are added, or a draw around a middle: noise only adds to how far they are apart. */
function tooNarrow(byLevel: readonly (readonly Draw[])[]): Witness | undefined {
  const all = byLevel.flat();
  const shares = byLevel.map((draws) => draws.map(({ share }) => share));
  const { variance, least } = varianceOf(shares);
  const [one] = all;
  if (!one || variance >= least) return undefined;
  const [is, should] = [variance, 1 / 12].map((value) => Math.round(100 * Math.sqrt(value)));
  return {
    story: {
      en: `full jitter draws evenly between 0 and the exponential wait, so the waits scatter by ${should} % of it; these ${all.length} scattered by ${is} % alone: who failed together comes back nearly together. One of them: ${told(one.wait).en}, after ${shown(one.wait.ms)} ms.`,
      es: `full jitter sortea por igual entre 0 y la espera exponencial, así que las esperas se dispersan un ${should} % de ella; estas ${all.length} se dispersaron solo un ${is} %: quienes fallaron juntos vuelven casi juntos. Una de ellas: ${told(one.wait).es}, a los ${shown(one.wait.ms)} ms.`,
    },
    lines: linesOf(one.wait),
  };
}

/** The same draw at each of a message's attempts, or what comes of its name. */
function twiceForOne(byLevel: readonly (readonly Draw[])[]): Witness | undefined {
  for (const [at, earlier] of byLevel.entries())
    for (const later of byLevel.slice(at + 1)) {
      const laterOf = new Map(clearOf(later).map((draw) => [draw.wait.id, draw]));
      const pairs = clearOf(earlier).flatMap((first): [Draw, Draw][] => {
        const second = laterOf.get(first.wait.id);
        return second ? [[first, second]] : [];
      });
      const witness = alike(pairs, {
        en: 'the same message got nearly the same share of the range at both attempts',
        es: 'el mismo mensaje sacó casi la misma parte del intervalo en los dos intentos',
      });
      if (witness) return witness;
    }
  return undefined;
}

/** One draw for all of a moment, or what the clock says: who failed together stays together. */
function forNeighbours(byLevel: readonly (readonly Draw[])[]): Witness | undefined {
  for (const draws of byLevel) {
    const clear = clearOf(draws).sort((a, b) => a.wait.from.at - b.wait.from.at);
    const pairs = clear.slice(1).flatMap((second, at): [Draw, Draw][] => {
      const first = clear[at];
      return first ? [[first, second]] : [];
    });
    const witness = alike(pairs, {
      en: 'who failed one right after the other got nearly the same wait',
      es: 'quienes fallaron uno justo tras otro sacaron casi la misma espera',
    });
    if (witness) return witness;
  }
  return undefined;
}

/** What was late by far may be late together. */
const clearOf = (draws: readonly Draw[]): Draw[] => draws.filter(({ late }) => late < 0.15);

function alike(pairs: readonly (readonly [Draw, Draw])[], what: Text): Witness | undefined {
  if (!correlated(pairs.map(([{ share: a }, { share: b }]) => [a, b]))) return undefined;
  const closest = [...pairs].sort(
    ([a, b], [c, d]) => Math.abs(a.share - b.share) - Math.abs(c.share - d.share),
  );
  const [one] = closest;
  if (!one) return undefined;
  const [a, b] = one;
  return {
    story: {
      en: `full jitter draws anew for each message and attempt; but of ${pairs.length} pairs, ${what.en}, far more often than by chance. For example, ${told(a.wait).en}, after ${shown(a.wait.ms)} ms, and ${told(b.wait).en}, after ${shown(b.wait.ms)} ms.`,
      es: `full jitter sortea de nuevo para cada mensaje e intento; pero en ${pairs.length} parejas, ${what.es}, mucho más a menudo que por azar. Por ejemplo, ${told(a.wait).es}, a los ${shown(a.wait.ms)} ms, y ${told(b.wait).es}, a los ${shown(b.wait.ms)} ms.`,
    },
    lines: [...new Set([...linesOf(a.wait), ...linesOf(b.wait)])].sort((x, y) => x - y),
  };
}
