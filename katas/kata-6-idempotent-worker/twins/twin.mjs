/**
 * An honest worker in parts: each twin takes what it needs and gets one thing wrong. It shares
 * nothing with katas/kit, so that a fault there is not in the twins too.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import amqp from 'amqplib';
import pg from 'pg';

const { PORT, DATABASE_URL, AMQP_URL } = process.env;
export const queue = 'payments';
export const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
pool.on('error', () => undefined);
pool.on('connect', (client) => client.on('error', () => undefined));

/** Commits what `work` did, or rolls it back when it throws. */
export async function transaction(work, isolation = 'READ COMMITTED') {
  const client = await pool.connect();
  let broken;
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
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

export function charge(on, { payment, account, amount }) {
  return on.query('INSERT INTO charges (payment, account, amount) VALUES ($1, $2, $3)', [
    payment,
    account,
    amount,
  ]);
}

/** @returns whether it is new */
export async function mark(on, key) {
  const sql = 'INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING';
  return (await on.query(sql, [key])).rowCount === 1;
}

/** The whole effect, done right: the inbox. */
export function takeOnce({ id, body }, work = charge) {
  return transaction(async (tx) => {
    if (await mark(tx, id)) await work(tx, body);
  });
}

export const ack = (channel, message) => quietly(() => channel.ack(message.raw));
export const requeue = (channel, message) => quietly(() => channel.nack(message.raw, false, true));

/** The channel may be gone. */
export function quietly(act) {
  try {
    act();
  } catch {
    // What was not settled comes again.
  }
}

/** Right, for twins that are wrong elsewhere: takes once, then acknowledges; asks again on errors. */
export async function honest(message, channel, take = takeOnce) {
  try {
    await take(message);
    ack(channel, message);
  } catch (error) {
    console.error(error.message);
    await sleep(50);
    requeue(channel, message);
  }
}

let draining = false;
const underWay = new Set();
let channel;

/**
 * Consumes, and again after a broken connection. `handle` settles the message itself. `takesOn`: also
 * once it was told to stop. `attempts`: to connect, one after the other, before it gives up.
 */
export async function consume(handle, options = {}) {
  for (let failed = 0; failed < (options.attempts ?? Infinity); failed += 1) {
    try {
      return await open(handle, options);
    } catch {
      await sleep(50);
    }
  }
}

/** @throws where the connection breaks meanwhile */
async function open(handle, options) {
  const { noAck = false, prefetch = 20, takesOn = false, onLost } = options;
  const connection = await connect();
  const mine = await connection.createChannel();
  mine.on('error', (error) => console.error(error.message));
  await mine.prefetch(prefetch);
  const take = (raw) => {
    if ((draining && !takesOn) || raw === null) return;
    const work = handle(messageOf(raw), mine).finally(() => underWay.delete(work));
    underWay.add(work);
  };
  await mine.consume(queue, take, { noAck, consumerTag: 'twin' });
  channel = mine;
  mine.once('close', () => {
    connection.close().catch(() => undefined);
    if (draining) return;
    if (onLost) onLost();
    else void consume(handle, options);
  });
}

export async function connected() {
  for (;;) {
    try {
      return await connect();
    } catch {
      await sleep(50);
    }
  }
}

async function connect() {
  const connection = await amqp.connect(AMQP_URL, { noDelay: true });
  connection.on('error', () => undefined);
  return connection;
}

export function messageOf(raw) {
  const { properties, fields, content } = raw;
  const body = JSON.parse(content.toString());
  return { raw, id: properties.messageId, body, redelivered: fields.redelivered };
}

/** Healthy, until SIGTERM; then what is under way is finished. */
export function live(finish = drain) {
  const server = createServer((_, response) => response.end('ok'));
  server.listen(Number(PORT), '127.0.0.1');
  process.once('SIGTERM', async () => {
    draining = true;
    await finish();
    process.exit(0);
  });
}

async function drain() {
  await cancel();
  await handsEmpty();
  await close();
}

export const cancel = () => channel?.cancel('twin').catch(() => undefined);
export const close = () => channel?.close().catch(() => undefined);

export async function handsEmpty() {
  while (underWay.size > 0) await Promise.all(underWay);
}

/** For most twins. */
export async function run(handle, options) {
  await consume(handle, options);
  live();
}
