import type { History } from '../history.js';

/** With its line, and the microseconds since the case began. */
export type Noted<T> = T & { readonly line: number; readonly at: number };

/** Notes of a kind, each with the place where it stands; a note of its own `at` would lose it. */
export function noted<T extends object & { readonly at?: never }>(
  history: History,
  f: string,
): Noted<T>[] {
  return history.notes<T>(f).map(({ value, line, at }) => ({ ...value, line, at }));
}

/** Values by what they have in common, each group in the order of the values. */
export function grouped<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
