import type { Backoff, Limits } from './backoff.js';

/**
 * Twice the wait each time, up to the cap: quick where the trouble is short, patient where it is
 * not. But who failed together still comes back together.
 */
export const exponential =
  ({ baseMs, capMs }: Limits): Backoff =>
  (failed) =>
    Math.min(capMs, baseMs * 2 ** (failed - 1));
