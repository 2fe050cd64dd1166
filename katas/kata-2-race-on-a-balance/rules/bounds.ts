import { isOk, type Operation } from '../../../src/kata/index.js';
import type { Asked } from '../notes.js';

export type Entry = Operation<Asked, { balance: number }>;

/** What a balance can be. */
export interface Bounds {
  low: number;
  high: number;
}

/** What an operation adds to the balance if it takes effect. */
export function effect({ asked: { kind, amount } }: Entry): number {
  if (kind === 'read') return 0;
  return kind === 'deposit' ? amount : -amount;
}

/** What happened to one account from one moment of rest to the next. */
export interface Period {
  account: string;
  /** The balance at its beginning, as it was read then. */
  base: number;
  /** With those of earlier periods whose outcome is unknown: they may take effect late. */
  entries: Entry[];
  /** Of the balance at its end, when nothing was under way; undefined where it got no answer. */
  read: Entry | undefined;
}

/**
 * Each period is judged by itself, from what was read at its beginning: money that was lost in one
 * of them is not held against the next.
 * @param all operations on one account
 * @param rests lines on which nothing was under way; the next operation reads the balance
 */
export function periodsOf(
  account: string,
  all: readonly Entry[],
  rests: readonly number[],
): Period[] {
  let base = 0;
  let carried: Entry[] = [];
  let next = 0;
  return rests.map((line) => {
    const end = all.findIndex((entry) => entry.invokedOn > line);
    const own = all.slice(next, end === -1 ? undefined : end);
    const after = end === -1 ? undefined : all[end];
    const period = {
      account,
      base,
      entries: [...carried, ...own],
      read: after && isOk(after) ? after : undefined,
    };
    next = end === -1 ? all.length : end + 1;
    if (period.read?.answer) {
      base = period.read.answer.balance;
      carried = period.entries.filter(({ outcome }) => outcome === 'unknown');
    } else carried = period.entries;
    return period;
  });
}

/** Once nothing is under way: acknowledged effects for sure, unknown ones perhaps. */
export function boundsAtRest({ base, entries }: Period): Bounds {
  const bounds = { low: base, high: base };
  for (const entry of entries) {
    if (entry.outcome === 'fail') continue;
    const change = effect(entry);
    if (isOk(entry) || change < 0) bounds.low += change;
    if (isOk(entry) || change > 0) bounds.high += change;
  }
  return bounds;
}

/**
 * The counter rule: at least what was acknowledged before the operation was invoked, less what may
 * have been taken by its completion; at most what was attempted by its completion, less what was
 * acknowledged as taken before. Sweeps with prefix sums, so that a long history stays cheap.
 */
export function boundsOverTime({ base, entries }: Period): (entry: Entry) => Bounds {
  const effective = entries.filter((entry) => entry.outcome !== 'fail' && effect(entry) !== 0);
  const acknowledged = effective.filter(isOk);
  const sums = (list: readonly Entry[], at: (e: Entry) => number, sign: 1 | -1): Sums =>
    prefixSums(list.filter((e) => Math.sign(effect(e)) === sign).map((e) => [at(e), effect(e)]));
  const addedForSure = sums(acknowledged, ended, 1);
  const takenForSure = sums(acknowledged, ended, -1);
  const addedPerhaps = sums(effective, (e) => e.invokedOn, 1);
  const takenPerhaps = sums(effective, (e) => e.invokedOn, -1);
  return (entry) => {
    // One that was refused tells the balance as a read does.
    const own = entry.outcome === 'fail' ? 0 : effect(entry);
    const invoked = entry.invokedOn;
    const completed = ended(entry);
    // Its own effect is in the balance that it tells; what may have begun by its end holds it too.
    return {
      low: base + addedForSure(invoked) + Math.max(0, own) + takenPerhaps(completed),
      high: base + addedPerhaps(completed) + takenForSure(invoked) + Math.min(0, own),
    };
  };
}

/** Lines order what happened without ties, which microseconds do not. */
export function ended(entry: Entry): number {
  return entry.completedOn ?? Number.POSITIVE_INFINITY;
}

/** Sum of everything up to a line of the history. */
type Sums = (line: number) => number;

function prefixSums(dated: readonly (readonly [number, number])[]): Sums {
  const sorted = [...dated].sort(([a], [b]) => a - b);
  const moments = sorted.map(([moment]) => moment);
  let total = 0;
  const totals = sorted.map(([, value]) => (total += value));
  return (moment) => totals[countUpTo(moments, moment) - 1] ?? 0;
}

/** How many of the sorted moments are at or before this one. */
function countUpTo(moments: readonly number[], moment: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] as number) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
