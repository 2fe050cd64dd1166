import type { Strategy } from './failure.js';

const attempts = 3;

/**
 * The broker counts. On RabbitMQ it is the same word as in requeue-forever: that it ends lies in the
 * queue's arguments. A quorum queue counts how often a message was rejected, and dead-letters it
 * beyond its x-delivery-limit. It must be basic.reject: since RabbitMQ 4.3 what is nacked
 * (basic.nack) comes again uncounted, for ever. The broker knows no reason, so it can tell none: the
 * error is in the log alone. A stream counts, too, and leaves the rest to its reader, who knows the
 * reason.
 */
export const quorumDeliveryLimit: Strategy = {
  onRabbitmq: () => 'requeue',
  onRedis({ deliveries }, reason) {
    if (deliveries < attempts) return 'requeue';
    const headers = { 'x-attempts': String(deliveries), 'x-reason': reason };
    return { moveTo: 'work.dead', headers };
  },
};
