import type { Transaction } from '../../../kit/node/postgres.js';
import type { OrderEvent } from './event.js';
import type { Projection } from './store.js';

/** Takes every event for new, and adds it up. */
export const naive: Projection = async (tx, event) => {
  const { order, customer, amount, name } = event;
  const { rows } = await tx.query<{ amount: number }>('SELECT amount FROM orders WHERE id = $1', [
    order,
  ]);
  await write(tx, event);
  const before = rows[0]?.amount ?? 0;
  if (name === 'OrderCreated') await add(tx, customer, 1, amount);
  if (name === 'OrderChanged') await add(tx, customer, 0, amount - before);
  if (name === 'OrderCancelled') await add(tx, customer, -1, -amount);
};

/** Each message once, as its id says; and the last one that came is taken for the newest. */
export const idempotent: Projection = async (tx, event) => {
  const { rowCount } = await tx.query(
    'INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING',
    [event.messageId],
  );
  if (rowCount === 1) await write(tx, event);
};

/**
 * An event has all of the order as it stood, so what is older than what is there has nothing to say:
 * neither a duplicate nor what came late.
 */
export const versioned: Projection = (tx, event) =>
  write(tx, event, 'WHERE orders.version < EXCLUDED.version');

async function write(tx: Transaction, event: OrderEvent, where = ''): Promise<void> {
  const { order, customer, version, status, amount } = event;
  await tx.query(
    `INSERT INTO orders (id, customer, version, status, amount) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version, status = EXCLUDED.status,
       amount = EXCLUDED.amount ${where}`,
    [order, customer, version, status, amount],
  );
}

async function add(tx: Transaction, customer: string, orders: number, total: number) {
  await tx.query(
    `INSERT INTO summaries (customer, orders, total) VALUES ($1, $2, $3)
     ON CONFLICT (customer) DO UPDATE SET orders = summaries.orders + $2, total = summaries.total + $3`,
    [customer, orders, total],
  );
}
