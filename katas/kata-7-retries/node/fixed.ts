import type { Backoff, Limits } from './backoff.js';

/** Always the same wait. Outlasts a short trouble; but who failed together comes back together. */
export const fixed =
  ({ baseMs }: Limits): Backoff =>
  () =>
    baseMs;
