/**
 * What three honest services have in common; each of them, in parts, is in a file of its own, and each
 * twin takes what it needs and gets one thing wrong. It shares nothing with katas/kit, so that a fault
 * there is not in the twins too: no inbox, the rows themselves say what was done; an outbox that is
 * polled; one connection to hear and to tell.
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
export function listen(reactions, { reading = read, onFailure, locks = true } = {}) {
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
        if (locks) await oneAtATime(tx, told.order);
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

export async function serve(
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
    const answered = answer().catch((error) => {
      process.stderr.write(`${error.stack}\n`);
      return [error.status ?? 500, { error: error.message }];
    });
    const sent = new Promise((resolve) => response.once('close', resolve));
    underWay.add(sent);
    const [status, value] = await answered;
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(closing && { connection: 'close' }),
    });
    response.end(JSON.stringify(value));
    void sent.then(() => underWay.delete(sent));
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
