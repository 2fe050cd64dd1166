import { isOk } from '../../../src/kata/index.js';
import { effect, ended, type Entry } from './bounds.js';

/** An answer that does not follow from the one before it, though nobody else was there. */
export interface WrongAlone {
  readonly before: Entry;
  readonly entry: Entry;
  /** What it had to tell. */
  readonly expected: number;
}

/**
 * Of two operations on one account, one after the other and with no third beside them, the second's
 * answer is certain: the first's, and its own effect. Where that is wrong the program miscounts
 * without any race, and two operations that seem to have overwritten each other prove nothing.
 * @param entries of one account, in the order in which they were invoked
 */
export function wrongAlone(entries: readonly Entry[]): WrongAlone | undefined {
  let before: Entry | undefined;
  let lastEnd = -1;
  for (const [n, entry] of entries.entries()) {
    const next = entries[n + 1]?.invokedOn ?? Number.POSITIVE_INFINITY;
    const isAlone = entry.invokedOn > lastEnd && ended(entry) < next;
    lastEnd = Math.max(lastEnd, ended(entry));
    const wrong = isAlone && before && follows(before, entry);
    if (wrong) return wrong;
    before = isAlone && entry.answer ? entry : undefined;
  }
  return undefined;
}

function follows(before: Entry, entry: Entry): WrongAlone | undefined {
  if (!before.answer || !entry.answer) return undefined;
  const expected = before.answer.balance + (isOk(entry) ? effect(entry) : 0);
  return entry.answer.balance === expected ? undefined : { before, entry, expected };
}
