import type { Lab, Program } from '../../../src/kata/index.js';
import type { Replica } from '../notes.js';

/** A and B. */
export type Replicas = readonly [Program, Program];

export const letters = ['A', 'B'] as const;

/** The same for both, at once. */
export async function atBoth(
  replicas: Replicas,
  ask: (replica: Program, letter: Replica, n: 0 | 1) => Promise<void>,
): Promise<void> {
  const [a, b] = replicas;
  await Promise.all([ask(a, 'A', 0), ask(b, 'B', 1)]);
}

/** Waits for what should come of requests; a program that answers without it is not waited for. */
export async function comesBeforeTheAnswer(
  lab: Lab,
  requests: Promise<unknown>,
  comes: () => boolean,
): Promise<boolean> {
  let isOver = false;
  const over = (): void => void (isOver = true);
  requests.then(over, over);
  const end = await lab.until('a request comes to where it is held', () => {
    if (comes()) return 'there';
    return isOver && 'answered';
  });
  return end === 'there';
}
