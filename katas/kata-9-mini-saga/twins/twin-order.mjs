/** The honest order service in parts, on what all services have. */
import {
  changes,
  deadlineMs,
  one,
  oneAtATime,
  pool,
  read,
  serve,
  tell,
  transaction,
} from './twin.mjs';

export async function end(tx, told, status, reason, from = ['PENDING']) {
  const sql = 'UPDATE orders SET status = $2, reason = $3 WHERE id = $1 AND status = ANY($4)';
  if (!(await changes(tx, sql, told.order, status, reason ?? null, from))) return;
  const body = { ...told, reason: reason ?? undefined };
  await tell(tx, status === 'CONFIRMED' ? 'OrderConfirmed' : 'OrderRejected', body);
}

export const confirm = (tx, told) => end(tx, told, 'CONFIRMED');
export const rejects = (reason) => (tx, told) => end(tx, told, 'REJECTED', reason);

/** @returns whether it is new; undefined where the id is another order's */
export async function take(tx, told) {
  const { order, customer, sku, quantity, amount } = told;
  const isNew = await changes(
    tx,
    `INSERT INTO orders (id, customer, sku, quantity, amount, status)
     VALUES ($1, $2, $3, $4, $5, 'PENDING') ON CONFLICT DO NOTHING`,
    ...[order, customer, sku, quantity, amount],
  );
  if (isNew) await tell(tx, 'OrderCreated', told);
  if (isNew) return true;
  const same = await one(
    tx,
    `SELECT 1 AS yes FROM orders
      WHERE id = $1 AND customer = $2 AND sku = $3 AND quantity = $4 AND amount = $5`,
    ...[order, customer, sku, quantity, amount],
  );
  return same ? false : undefined;
}

const choreographed = {
  StockReserved: confirm,
  StockRejected: rejects('out-of-stock'),
  PaymentDeclined: rejects('declined'),
};

/** What is pending for longer than this is given up. */
export async function giveUpOverdue(afterMs = deadlineMs) {
  const { rows } = await pool.query(
    `SELECT id AS "order", customer, sku, quantity, amount FROM orders WHERE status = 'PENDING'
        AND created_at < clock_timestamp() - $1 * interval '1 ms'`,
    [afterMs],
  );
  for (const told of rows)
    await transaction(async (tx) => {
      await oneAtATime(tx, told.order);
      await rejects('deadline')(tx, told);
    });
}

export function order(
  parts,
  {
    taking = take,
    within = transaction,
    every = giveUpOverdue,
    shows = (found) => found,
    ...options
  } = {},
) {
  const routes = async (request, body) => {
    if (request.method === 'GET') {
      const id = decodeURIComponent(request.url.slice('/orders/'.length));
      const found = await one(
        pool,
        `SELECT status, reason,
           extract(epoch FROM clock_timestamp() - created_at)::float8 * 1000 AS "ageMs"
           FROM orders WHERE id = $1`,
        id,
      );
      if (!found) return [404, {}];
      const { status, reason } = shows(found);
      return [200, { id, status, ...(reason && { reason }) }];
    }
    let told;
    try {
      const { id, ...rest } = JSON.parse(body) ?? {};
      told = read(JSON.stringify({ ...rest, order: id }));
    } catch (error) {
      return [400, { error: error.message }];
    }
    const isNew = await within((tx) => taking(tx, told, body));
    return isNew === undefined ? [422, {}] : [202, { id: told.order, status: 'PENDING' }];
  };
  return serve('order', { reactions: { ...choreographed, ...parts }, routes, every, ...options });
}
