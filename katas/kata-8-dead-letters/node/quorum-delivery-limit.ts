import type { OnFailure } from './failure.js';

/**
 * The same one word as in requeue-forever. That it ends lies in the queue's arguments: a quorum
 * queue counts how often a message came back, and dead-letters it beyond its x-delivery-limit. The
 * broker knows no reason, so it can tell none: this error is in the log alone.
 */
export const quorumDeliveryLimit: OnFailure = () => 'requeue';
