import { createHash } from 'node:crypto';

/** Of one text in a history: far more than any kata asks for. UTF-16 units. */
const mostText = 65_536;
const shownText = 1_000;

/**
 * A value for the history in which no text is longer than a history should keep, whatever a
 * program has put into its answers, its messages or its tables. What is cut says so, how long it
 * was, and by its hash which one it was, so that texts that differ still differ.
 */
export function bounded(value: unknown): unknown {
  if (typeof value === 'string') return value.length > mostText ? cut(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const kept = value.map(bounded);
    return kept.some((one, at) => one !== value[at]) ? kept : value;
  }
  const entries = Object.entries(value);
  const kept = entries.map(([key, one]) => [bounded(key), bounded(one)] as const);
  const isSame = kept.every(
    ([key, one], at) => key === entries[at]?.[0] && one === entries[at]?.[1],
  );
  return isSame ? value : Object.fromEntries(kept);
}

function cut(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  // Not in the middle of a character.
  const shown = text.slice(0, shownText).replace(/[\uD800-\uDBFF]$/, '');
  return `${shown}… [cut by plan: ${text.length} characters, SHA-256 ${hash}…]`;
}
