/**
 * Three honest services in parts: each twin takes what it needs and gets one thing wrong. It shares
 * nothing with katas/kit, so that a fault there is not in the twins too: no inbox, the rows
 * themselves say what was done; an outbox that is polled; one connection to hear and to tell.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import amqp from 'amqplib';
import pg from 'pg';

const { PORT, DATABASE_URL, AMQP_URL, PLAN_STRATEGY, PLAN_DEADLINE_MS } = process.env;
export const style = PLAN_STRATEGY;
export const deadlineMs = Number(PLAN_DEADLINE_MS);
export const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 8 });
pool.on('error', () => undefined);
pool.on('connect', (client) => client.on('error', () => undefined));

export async function transaction(work) {
  const client = await pool.connect();
  let broken;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((reason) => (broken = reason));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** One message about an order after the other. */
export const oneAtATime = (tx, order) =>
  tx.query('SELECT pg_advisory_xact_lock(9, hashtext($1))', [order]);

/** Leaves with what the transaction does. */
export const tell = (tx, key, body, exchange = 'events') =>
  tx.query('INSERT INTO outbox (exchange, key, correlation_id, payload) VALUES ($1, $2, $3, $4)', [
    exchange,
    key,
    body.order,
    body,
  ]);

export const one = async (tx, sql, ...values) => (await tx.query(sql, values)).rows[0];
export const changes = async (tx, sql, ...values) => (await tx.query(sql, values)).rowCount;

/** @throws where it is no message of this saga */
export function read(text) {
  const { order, customer, sku, quantity, amount, reason } = JSON.parse(text) ?? {};
  const texts = [order, customer, sku].every((value) => typeof value === 'string');
  const numbers = [quantity, amount].every((value) => Number.isInteger(value) && value > 0);
  if (!texts || !numbers) throw new Error('not a message of this saga');
  return { order, customer, sku, quantity, amount, ...(reason && { reason }) };
}

// Payment

export const paymentOf = (tx, { order }) =>
  one(tx, 'SELECT customer, amount, status FROM payments WHERE order_id = $1', order);

export const notePayment = (tx, { order, customer, amount }, status) =>
  tx.query('INSERT INTO payments (order_id, customer, amount, status) VALUES ($1, $2, $3, $4)', [
    ...[order, customer, amount, status],
  ]);

/** Without a look at what was done before. */
export async function authorizeAnyway(tx, told) {
  const sql = 'UPDATE accounts SET balance = balance - $2 WHERE customer = $1 AND balance >= $2';
  const status = (await changes(tx, sql, told.customer, told.amount)) ? 'AUTHORIZED' : 'DECLINED';
  await notePayment(tx, told, status);
  await tell(tx, status === 'AUTHORIZED' ? 'PaymentAuthorized' : 'PaymentDeclined', told);
}

export async function authorize(tx, told) {
  if (!(await paymentOf(tx, told))) await authorizeAnyway(tx, told);
}

export async function refundAnyway(tx, told, { less = 0 } = {}) {
  const amount = told.amount - less;
  await tx.query('INSERT INTO refunds (order_id, amount) VALUES ($1, $2)', [told.order, amount]);
  const sql = 'UPDATE accounts SET balance = balance + $2 WHERE customer = $1';
  await tx.query(sql, [told.customer, amount]);
  await tell(tx, 'PaymentRefunded', told);
}

export const wasRefunded = (tx, { order }) =>
  one(tx, 'SELECT 1 AS yes FROM refunds WHERE order_id = $1', order);

export async function refund(tx, told, how) {
  const payment = await paymentOf(tx, told);
  if (!payment) return notePayment(tx, told, 'CANCELLED');
  if (payment.status === 'AUTHORIZED' && !(await wasRefunded(tx, told)))
    await refundAnyway(tx, told, how);
}

/** @param {object} [parts] reactions that are otherwise */
export const payment = (parts, options) =>
  serve('payment', {
    reactions: {
      ...(style === 'orchestration'
        ? { AuthorizePayment: authorize, RefundPayment: refund }
        : { OrderCreated: authorize, StockRejected: refund, OrderRejected: refund }),
      ...parts,
    },
    ...options,
  });

// Inventory

export const reservationOf = (tx, { order }) =>
  one(tx, 'SELECT status FROM reservations WHERE order_id = $1', order);

export const noteReservation = (tx, { order, sku, quantity }, status) =>
  tx.query('INSERT INTO reservations (order_id, sku, quantity, status) VALUES ($1, $2, $3, $4)', [
    ...[order, sku, quantity, status],
  ]);

export async function reserve(tx, told) {
  if (await reservationOf(tx, told)) return;
  const sql = 'UPDATE stock SET available = available - $2 WHERE sku = $1 AND available >= $2';
  const status = (await changes(tx, sql, told.sku, told.quantity)) ? 'RESERVED' : 'REJECTED';
  await noteReservation(tx, told, status);
  await tell(tx, status === 'RESERVED' ? 'StockReserved' : 'StockRejected', told);
}

export async function release(tx, told) {
  const reservation = await reservationOf(tx, told);
  if (!reservation) return noteReservation(tx, told, 'CANCELLED');
  if (reservation.status !== 'RESERVED') return;
  if (await one(tx, 'SELECT 1 AS yes FROM releases WHERE order_id = $1', told.order)) return;
  await tx.query('INSERT INTO releases (order_id, sku, quantity) VALUES ($1, $2, $3)', [
    ...[told.order, told.sku, told.quantity],
  ]);
  await tx.query('UPDATE stock SET available = available + $2 WHERE sku = $1', [
    ...[told.sku, told.quantity],
  ]);
  await tell(tx, 'StockReleased', told);
}

export const inventory = (parts, options) =>
  serve('inventory', {
    reactions: {
      ...(style === 'orchestration'
        ? { ReserveStock: reserve, ReleaseStock: release }
        : { PaymentAuthorized: reserve, OrderRejected: release }),
      ...parts,
    },
    ...options,
  });

// Order

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

export function order(parts, { taking = take, every = giveUpOverdue, ...options } = {}) {
  const routes = async (request, body) => {
    if (request.method === 'GET') {
      const id = decodeURIComponent(request.url.slice('/orders/'.length));
      const found = await one(pool, 'SELECT id, status, reason FROM orders WHERE id = $1', id);
      if (!found) return [404, {}];
      return [200, { id, status: found.status, ...(found.reason && { reason: found.reason }) }];
    }
    let told;
    try {
      const { id, ...rest } = JSON.parse(body) ?? {};
      told = read(JSON.stringify({ ...rest, order: id }));
    } catch (error) {
      return [400, { error: error.message }];
    }
    const isNew = await transaction((tx) => taking(tx, told, body));
    return isNew === undefined ? [422, {}] : [202, { id: told.order, status: 'PENDING' }];
  };
  return serve('order', { reactions: { ...choreographed, ...parts }, routes, every, ...options });
}

// What all have

export let channel;
let closing = false;

export const publish = (key, body, { id = randomUUID(), exchange = 'events', ...more } = {}) =>
  new Promise((resolve, reject) => {
    if (!channel) throw new Error('the broker is away');
    const content = Buffer.from(JSON.stringify(body));
    const properties = { messageId: id, correlationId: body.order, persistent: true, ...more };
    const done = (error) => (error ? reject(error) : resolve());
    channel.publish(exchange, key, content, properties, done);
  });

const late = (ms) =>
  sleep(ms, undefined, { ref: false }).then(() => {
    throw new Error('the broker says nothing');
  });

/** One row after the other; taken away once the broker has it. */
export async function relay(how = () => ({})) {
  await transaction(async (tx) => {
    const { rows } = await tx.query(
      'SELECT * FROM outbox ORDER BY position LIMIT 50 FOR UPDATE SKIP LOCKED',
    );
    for (const { position, id, exchange, key, payload } of rows) {
      const sent = publish(key, payload, { id, exchange, ...how(payload) });
      await Promise.race([sent, late(1_500)]);
      await tx.query('DELETE FROM outbox WHERE position = $1', [position]);
    }
  });
}

async function forEver(act, everyMs) {
  while (!closing) {
    await act().catch((error) => process.stderr.write(`${error.message}\n`));
    await sleep(everyMs);
  }
}

const underWay = new Set();

async function consume(queue, hear, prefetch) {
  while (!closing) {
    try {
      const connection = await amqp.connect(AMQP_URL, { noDelay: true, timeout: 2_000 });
      connection.on('error', () => undefined);
      const mine = await connection.createConfirmChannel();
      mine.on('error', () => undefined);
      mine.once('close', () => {
        if (channel === mine) channel = undefined;
        connection.close().catch(() => undefined);
        if (!closing) void consume(queue, hear, prefetch);
      });
      await mine.prefetch(prefetch);
      await mine.consume(queue, (message) => {
        if (!message || closing) return;
        const work = hear(message, mine).finally(() => underWay.delete(work));
        underWay.add(work);
      });
      channel = mine;
      return;
    } catch {
      await sleep(50);
    }
  }
}

const quietly = (act) => {
  try {
    act();
  } catch {
    // The channel is gone, and it comes again.
  }
};

/** A transaction a message; what fails comes again, what nobody can read does not. */
export function listen(reactions, { reading = read, onFailure } = {}) {
  return async (message, mine) => {
    const react = reactions[message.fields.routingKey];
    if (!react) return quietly(() => mine.ack(message));
    let told;
    try {
      told = reading(message.content.toString());
    } catch {
      return quietly(() => mine.reject(message, false));
    }
    try {
      await transaction(async (tx) => {
        await oneAtATime(tx, told.order);
        await react(tx, told);
      });
      quietly(() => mine.ack(message));
    } catch (error) {
      process.stderr.write(`${error.message}\n`);
      if (onFailure) return quietly(() => onFailure(mine, message));
      await sleep(60);
      quietly(() => mine.reject(message, true));
    }
  };
}

async function serve(
  queue,
  { reactions, routes, every, hear, prefetch = 10, relays = relay, ...how },
) {
  await consume(queue, hear ?? listen(reactions, how), prefetch);
  const loops = [forEver(relays, 15), ...(every ? [forEver(every, 60)] : [])];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const answer = async () => {
      if (request.url === '/health') return [channel ? 200 : 503, {}];
      return (await routes?.(request, body)) ?? [404, {}];
    };
    const [status, value] = await answer().catch((error) => {
      process.stderr.write(`${error.stack}\n`);
      return [500, { error: error.message }];
    });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  });
  server.listen({ port: Number(PORT), host: '127.0.0.1' });
  process.on('SIGTERM', async () => {
    closing = true;
    server.close();
    server.closeIdleConnections();
    await Promise.race([Promise.all([...underWay, ...loops]), sleep(3_000)]);
    process.exit(0);
  });
}
