import { setTimeout as sleep } from 'node:timers/promises';
import { isSessionLost } from '../../kit/node/lost-session.js';
import { log } from '../../kit/node/log.js';
import type { Place } from './orders.js';

/** A client waits no longer than that either. */
const patienceMs = 8_000;
const pauseMs = 100;

/**
 * Places an order again where the session to the database was lost. Did its COMMIT go through? To
 * answer 503 would be a guess, and 201 another one. An order has an id: who places it again finds it
 * there, or nothing of it, and knows.
 */
export function untilKnown(place: Place): Place {
  return async (order) => {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      try {
        await place(order);
        return;
      } catch (error) {
        if (!isSessionLost(error) || performance.now() > giveUpAt) throw error;
        log('will place again:', order.id, error);
        await sleep(pauseMs);
      }
    }
  };
}
