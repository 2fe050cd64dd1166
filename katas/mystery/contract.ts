import type { Messages } from '../../src/kata/index.js';

export const exchange = 'shop';
/** What the worker takes its messages from. */
export const queue = 'orders';
export const orderPlaced = 'OrderPlaced';

export const messages: Messages = {
  [orderPlaced]: {
    ...{ kind: 'event', from: 'api', to: ['worker'], exchange },
    body: { order: 'text', sku: 'text', quantity: 'integer' },
  },
};

/** The load: so many orders a second, for so long. One worker in order keeps up with several times that. */
export const ordersASecond = 30;
export const lastsMs = 5_000;

export const goods = ['lamp', 'vase', 'desk', 'rug'] as const;
/** Whose row somebody else holds, where there is a lock. */
export const lockedGood = goods[0];
/** So long, and then so long not. */
export const lock = { heldMs: 700, freeMs: 300, times: 5 } as const;

/** How long the warehouse takes to answer, and how long where it is what is slow. */
export const warehouseMs = { usual: 40, slow: 400 } as const;
/** Every so many orders is refused by the warehouse so often, where calls are tried again and again. */
export const refused = { everyNth: 4, times: 5 } as const;

/** What each statement that writes costs, and the one that is slow. */
export const statementMs = { usual: 5, slow: 200 } as const;

/** Names of spans, as the worker has them. */
export const names = {
  connect: 'pg-pool.connect',
  reserve: 'POST /reservations/{order}',
  order: 'INSERT orders',
  parcels: 'INSERT parcels',
} as const;

export const callSeconds = 'http_client_request_duration_seconds';
export const waitSeconds = 'db_client_connection_wait_time_seconds';
