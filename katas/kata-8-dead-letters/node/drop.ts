import type { Strategy } from './failure.js';

/**
 * The loop is gone, and so is the message: a dead-letter exchange that leads to no queue drops
 * silently, and a stream that is acknowledged asks for no reason. What would have worked a second
 * later is lost with the rest.
 */
export const drop: Strategy = {
  onRabbitmq: () => 'discard',
  onRedis: () => 'ack',
};
