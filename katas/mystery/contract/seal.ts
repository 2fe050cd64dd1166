import { createHash } from 'node:crypto';

export const causes = [
  ...(['slow-statement', 'lock', 'n-plus-one', 'exhausted-pool', 'slow-neighbour'] as const),
  ...(['full-queue', 'multiplied-retries', 'dropping-worker', 'differing-clocks'] as const),
] as const;
export type Cause = (typeof causes)[number];

/**
 * What a mystery of this number hides. The number alone is stored and handed on: in run.json, in the
 * environment of programs, in what `plan` keeps of an open mystery. It has to be in all of them, since
 * an open one must survive a `kill` and its run must be judged again later; and whoever looks there for
 * something else, or at `ps`, must not meet the answer. A digest between the two is no secret, and need
 * not be one: who computes it has decided not to play.
 */
export function causeOf(number: number): Cause {
  const digest = createHash('sha256').update(`plan mystery ${number}`).digest();
  return causes[digest.readUInt32BE() % causes.length] ?? causes[0];
}
