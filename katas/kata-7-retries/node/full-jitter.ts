import type { Backoff, Limits } from './backoff.js';
import { exponential } from './exponential.js';

/**
 * Anything between nothing and the exponential wait, each as likely as the other: who failed
 * together comes back spread over the whole time ("full jitter" of AWS).
 */
export const fullJitter = (limits: Limits): Backoff => {
  const most = exponential(limits);
  return (failed) => Math.random() * most(failed);
};
