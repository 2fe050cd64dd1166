import type { Backoff } from './backoff.js';

/**
 * No wait. Right for a lost packet, and useless against anything that lasts: all attempts are used
 * up within milliseconds, and whoever is in trouble gets many times the load.
 */
export const immediate: Backoff = () => 0;
