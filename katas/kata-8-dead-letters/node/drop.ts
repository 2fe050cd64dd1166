import type { OnFailure } from './failure.js';

/**
 * The loop is gone, and so is the message: a dead-letter exchange that leads to no queue drops
 * silently. What would have worked a second later is lost with the rest.
 */
export const drop: OnFailure = () => 'discard';
