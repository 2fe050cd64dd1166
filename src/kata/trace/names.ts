import type { History } from '../history.js';

/** What one operation of a client's is known by, and no other. */
export interface Name {
  readonly all: readonly string[];
}

/** Words without a digit say what something is, and not which one. */
const namesSomething = /\d/;

/**
 * The texts by which each operation can be told from all others, what was asked before what was
 * answered; of a `traceparent` its trace. What stands in two operations names neither of them.
 */
export function namesIn(history: History): Name[] {
  const texts = history
    .operations()
    .map(({ asked, answer }) => [...new Set([...textsIn(asked), ...textsIn(answer)])]);
  const times = new Map<string, number>();
  for (const text of texts.flat()) times.set(text, (times.get(text) ?? 0) + 1);
  return texts.map((of) => ({
    all: of.filter((text) => times.get(text) === 1 && namesSomething.test(text)),
  }));
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    const [, trace] = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(value) ?? [];
    return [trace ?? value];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
