/**
 * An honest outbox in parts: each twin takes what it needs and gets one thing wrong. It shares
 * nothing with katas/, so that a fault there is not in the twins too.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import amqp from 'amqplib';
import pg from 'pg';

const { PORT, DATABASE_URL, AMQP_URL, PLAN_PROCESS } = process.env;

export const isRelay = PLAN_PROCESS === 'relay';
export const pool = new pg.Pool({ connectionString: DATABASE_URL, max: isRelay ? 3 : 10 });
pool.on('error', () => undefined);
pool.on('connect', (client) => client.on('error', () => undefined));

/** Nothing of the order was taken. */
export class Unavailable extends Error {}

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

/** @returns whether it is new */
export const insertOrder = (tx, { id, customer, amount }) =>
  tx
    .query(
      'INSERT INTO orders (id, customer, amount) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING',
      [id, customer, amount],
    )
    .then(({ rowCount }) => rowCount === 1);

export const insertEvent = (tx, order) =>
  tx.query(
    `INSERT INTO outbox (aggregatetype, aggregateid, type, payload)
     VALUES ('customer', $1, 'order.placed', $2)`,
    [order.customer, order],
  );

/** The right way to take an order. */
export const take = (order) =>
  transaction(async (tx) => {
    if (await insertOrder(tx, order)) await insertEvent(tx, order);
  });

let open;
async function channel() {
  if (!open) {
    const opening = (async () => {
      const connection = await amqp.connect(AMQP_URL, { timeout: 1_000, noDelay: true });
      connection.on('error', () => undefined);
      connection.on('close', () => (open = undefined));
      const made = await connection.createConfirmChannel();
      made.on('error', () => undefined);
      return { connection, channel: made };
    })();
    opening.catch(() => undefined);
    open = opening;
  }
  return open;
}

export const isConnected = () => open !== undefined;

const inTime = (task, withinMs) =>
  Promise.race([
    task,
    sleep(withinMs, undefined, { ref: false }).then(() => {
      throw new Error('the broker does not answer');
    }),
  ]);

/** In order. With confirms it waits until the broker has all of them. */
export async function publish(
  events,
  { confirms = true, withinMs = 1_000, key = 'order.placed', persistent = true, expiration } = {},
) {
  const mine = channel();
  try {
    const { channel: ready } = await inTime(mine, withinMs);
    for (const { id, body } of events)
      ready.publish('orders', key, Buffer.from(JSON.stringify(body)), {
        ...(id && { messageId: id }),
        ...(expiration && { expiration }),
        persistent,
      });
    if (confirms) await inTime(ready.waitForConfirms(), withinMs);
  } catch (error) {
    open = undefined;
    mine.then(({ connection }) => connection.close()).catch(() => undefined);
    throw error;
  }
}

/** What is not published yet, by one relay at a time; marked once it is. */
export const unpublished = (tx, { direction = 'ASC', limit = 50, lock = true } = {}) =>
  tx
    .query(lock ? 'SELECT pg_try_advisory_xact_lock(10) AS mine' : 'SELECT true AS mine')
    .then(({ rows: [{ mine }] }) =>
      mine
        ? tx.query(
            `SELECT position, id, payload FROM outbox WHERE published_at IS NULL
             ORDER BY position ${direction} LIMIT ${limit} ${lock ? '' : 'FOR UPDATE SKIP LOCKED'}`,
          )
        : { rows: [] },
    )
    .then(({ rows }) => rows);

export const mark = (tx, rows) =>
  tx.query('UPDATE outbox SET published_at = clock_timestamp() WHERE position = ANY($1)', [
    rows.map(({ position }) => position),
  ]);

export const eventsOf = (rows) => rows.map(({ id, payload }) => ({ id, body: payload }));

/** The right turn of a relay. */
export const turn = () =>
  transaction(async (tx) => {
    const rows = await unpublished(tx);
    if (rows.length > 0) await publish(eventsOf(rows));
    if (rows.length > 0) await mark(tx, rows);
    return rows.length;
  });

/** The database has ended the session, or it broke: was the COMMIT before that, or after? */
const isLost = (error) => /^(08|57P0|E)/.test(error.code) || /^Connection/.test(error.message);

/** An order has an id: placed again, it is there or not. */
async function untilKnown(place, order, send) {
  for (;;)
    try {
      return await place(order, send);
    } catch (error) {
      if (!isLost(error)) throw error;
      await sleep(50);
    }
}

const read = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isOrder = (order) =>
  typeof order?.id === 'string' &&
  typeof order.customer === 'string' &&
  Number.isInteger(order.amount) &&
  order.amount > 0;

/**
 * @param {{ place?: (order: any, answer: (status: number) => void) => Promise<any>,
 *   relay?: (() => Promise<number>) | null, everywhere?: boolean, idleMs?: number,
 *   accepts?: (order: any) => boolean,
 *   again?: (place: any, order: any, send: any) => Promise<any> }} parts
 */
export function serve({
  place = take,
  relay = turn,
  everywhere = false,
  idleMs = 20,
  accepts = isOrder,
  again = untilKnown,
} = {}) {
  let stopping = false;
  const relaying = (async () => {
    if (!relay || !(isRelay || everywhere)) return;
    while (!stopping) {
      const published = await relay().catch((error) => {
        process.stderr.write(`${error.stack}\n`);
        return 0;
      });
      if (published === 0) await sleep(idleMs);
    }
  })();
  const server = createServer(async (request, response) => {
    const send = (status, body = {}) => {
      if (response.headersSent) return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/health') return send(200);
    let text = '';
    for await (const part of request) text += part;
    const order = read(text);
    if (!accepts(order)) return send(400, { error: 'not an order' });
    try {
      await again(place, order, (status) => send(status, { id: order.id }));
      send(201, { id: order.id });
    } catch (error) {
      if (!(error instanceof Unavailable)) process.stderr.write(`${error.stack}\n`);
      send(error instanceof Unavailable ? 503 : 500, { error: error.message });
    }
  });
  server.listen({ port: Number(PORT), host: '127.0.0.1', backlog: 4096 });
  process.on('SIGTERM', () => {
    stopping = true;
    server.close();
    server.closeIdleConnections();
    void relaying.then(() => process.exit(0));
    setTimeout(() => process.exit(0), 3_000).unref();
  });
}
