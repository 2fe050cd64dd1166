import type { Strategy } from './failure.js';

const attempts = 3;

/**
 * The broker counts. On RabbitMQ it is the same one word as in requeue-forever: that it ends lies in
 * the queue's arguments. A quorum queue counts how often a message came back, and dead-letters it
 * beyond its x-delivery-limit. It knows no reason, so it can tell none: this error is in the log
 * alone. A stream counts, too, and leaves the rest to its reader, who knows the reason.
 */
export const quorumDeliveryLimit: Strategy = {
  onRabbitmq: () => 'requeue',
  onRedis({ deliveries }, reason) {
    if (deliveries < attempts) return 'requeue';
    const headers = { 'x-attempts': String(deliveries), 'x-reason': reason };
    return { moveTo: 'work.dead', headers };
  },
};
