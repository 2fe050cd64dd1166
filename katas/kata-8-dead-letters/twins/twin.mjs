/**
 * An honest worker in parts: each twin takes what it needs and gets one thing wrong. It shares
 * nothing with katas/kit, so that a fault there is not in the twins too.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import amqp from 'amqplib';

const { PORT, AMQP_URL, UPSTREAM_URL, PLAN_PREFETCH } = process.env;
export const attempts = 3;
export const dead = 'work.dead';

/** @throws Error with the reason */
export async function ship({ body }) {
  const id = body?.id;
  if (typeof id !== 'string') throw new Error('no shipment');
  const response = await fetch(`${UPSTREAM_URL}/shipments`, {
    method: 'POST',
    body: JSON.stringify({ id }),
    signal: AbortSignal.timeout(30_000),
  });
  const { error } = await response.json();
  if (response.status !== 201) throw new Error(`${response.status} ${error}`);
}

/** Of this message, before the attempt that is under way. */
export const madeOf = ({ raw }) => Number(raw.properties.headers['x-attempts'] ?? 0);

/** A copy that the broker has confirmed. */
export function copy(channel, queue, { raw, id }, headers, changes = {}) {
  const options = { messageId: id, persistent: true, headers, ...changes };
  const content = changes.content ?? raw.content;
  return new Promise((resolve, reject) => {
    channel.sendToQueue(queue, content, options, (error) => (error ? reject(error) : resolve()));
  });
}

export const ack = (channel, message) => quietly(() => channel.ack(message.raw));
export const nack = (channel, message, requeue) =>
  quietly(() => channel.nack(message.raw, false, requeue));

/** The channel may be gone. */
export function quietly(act) {
  try {
    act();
  } catch {
    // What was not settled comes again.
  }
}

/** Right: one more attempt, or the dead letters with a reason; then the acknowledgement. */
export async function giveUpOrAgain(message, channel, error) {
  const made = madeOf(message) + 1;
  const headers = { 'x-attempts': made };
  if (made < attempts) await copy(channel, 'work', message, headers);
  else await copy(channel, dead, message, { ...headers, 'x-reason': error.message });
  ack(channel, message);
}

/** Right, for twins that are wrong elsewhere. */
export async function honest(message, channel, onFailure = giveUpOrAgain) {
  try {
    await ship(message);
  } catch (error) {
    console.error(message.id, error.message);
    await onFailure(message, channel, error);
    return;
  }
  ack(channel, message);
}

let draining = false;
const underWay = new Set();
let channel;
let hasConsumed = false;

/** Consumes, and again after a broken connection. `handle` settles the message itself. */
export async function consume(handle, options = {}) {
  const { noAck = false, prefetch = Number(PLAN_PREFETCH), prepare, qosOnce = false } = options;
  let connection;
  try {
    connection = await connected();
    channel = await connection.createConfirmChannel();
    channel.on('error', (error) => console.error(error.message));
    await prepare?.(channel);
    if (!(qosOnce && hasConsumed)) await channel.prefetch(prefetch);
    hasConsumed = true;
    const mine = channel;
    const take = (raw) => {
      if (draining || raw === null) return;
      const message = messageOf(raw);
      const work = handle(message, mine)
        .catch((error) => {
          console.error(message.id, error.message);
          nack(mine, message, true);
        })
        .finally(() => underWay.delete(work));
      underWay.add(work);
    };
    await channel.consume('work', take, { noAck, consumerTag: 'twin' });
  } catch (error) {
    console.error(error.message);
    connection?.close().catch(() => undefined);
    await sleep(50);
    return draining ? undefined : consume(handle, options);
  }
  channel.once('close', () => {
    connection.close().catch(() => undefined);
    if (!draining) void consume(handle, options);
  });
}

export async function connected() {
  for (;;) {
    try {
      const connection = await amqp.connect(AMQP_URL, { noDelay: true });
      connection.on('error', () => undefined);
      return connection;
    } catch {
      await sleep(50);
    }
  }
}

export function messageOf(raw) {
  const { properties, content } = raw;
  return { raw, id: properties.messageId, body: JSON.parse(content.toString()) };
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
  await channel?.cancel('twin').catch(() => undefined);
  await Promise.all(underWay);
  await channel?.close().catch(() => undefined);
}

/** For most twins. */
export async function run(handle, options) {
  await consume(handle, options);
  live();
}

/** For twins that fail in what they do about a failure. */
export function runWith(onFailure, options) {
  return run((message, channel) => honest(message, channel, onFailure), options);
}
