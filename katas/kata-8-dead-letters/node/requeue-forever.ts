import type { Strategy } from './failure.js';

/**
 * Back to the head of the queue, from where it is delivered again at once: a loop as fast as the
 * network. A few of them occupy every place that the prefetch gives, and nothing else moves.
 */
export const requeueForever: Strategy = {
  onRabbitmq: () => 'requeue',
  onRedis: () => 'requeue',
};
