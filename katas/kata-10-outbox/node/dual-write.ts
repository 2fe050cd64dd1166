import type pg from 'pg';
import { insertOrder, Unavailable, type Order, type Place } from './orders.js';
import type { Publisher } from './publisher.js';

/**
 * Two systems, one after the other. Between the commit and the publish the process can die, and
 * then the order is there and its event never comes. Where publishing fails the client hears 503,
 * and the order is there all the same.
 */
export function dualWrite(pool: pg.Pool, publisher: Publisher): Place {
  return async (order) => {
    await insertOrder(pool, order);
    await publishOrder(publisher, order);
  };
}

/** The other way round: now it is the event that can be there without its order. */
export function publishFirst(pool: pg.Pool, publisher: Publisher): Place {
  return async (order) => {
    await publishOrder(publisher, order);
    await insertOrder(pool, order);
  };
}

async function publishOrder(publisher: Publisher, order: Order): Promise<void> {
  try {
    await publisher.publish([{ id: order.id, body: order }]);
  } catch (error) {
    throw new Unavailable('the broker does not answer', { cause: error });
  }
}
