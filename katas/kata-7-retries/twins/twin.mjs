/**
 * An honest worker in parts: each twin takes what it needs and gets one thing wrong. It shares
 * nothing with katas/kit, so that a fault there is not in the twins too.
 */
import { Agent, createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import amqp from 'amqplib';

const { PORT, AMQP_URL, UPSTREAM_URL, PLAN_STRATEGY } = process.env;
export const base = Number(process.env.PLAN_BASE_MS);
export const cap = Number(process.env.PLAN_CAP_MS);
export const attempts = Number(process.env.PLAN_ATTEMPTS);
export const prefetch = Number(process.env.PLAN_PREFETCH);

/** The formulas of the brief. */
export const expo = (failed) => Math.min(cap, base * 2 ** (failed - 1));
export const backoff = (failed) => {
  if (PLAN_STRATEGY === 'fixed') return base;
  return PLAN_STRATEGY === 'exponential' ? expo(failed) : Math.random() * expo(failed);
};

const agent = new Agent({ keepAlive: true });

/** One attempt. @returns whether it went through */
export function charge(id) {
  return new Promise((resolve) => {
    const call = request(`${UPSTREAM_URL}/charges`, { method: 'POST', agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 201));
    });
    call.on('error', () => resolve(false));
    call.end(JSON.stringify({ id }));
  });
}

/** Resolves once it is confirmed. */
export function publish(channel, queue, message, headers, options = {}) {
  const all = { persistent: true, messageId: message.id, headers, ...options };
  return new Promise((resolve, reject) => {
    const settle = (error) => (error ? reject(error) : resolve());
    channel.publish('', queue, Buffer.from(JSON.stringify(message.body)), all, settle);
  });
}

const declared = new WeakMap();

/** Into a queue of its own for this delay, in steps of some ms where it is no whole number. */
export async function delay(channel, message, ms, headers, more = {}) {
  const rounded = Number.isInteger(ms) ? ms : Math.floor(ms / 25) * 25;
  const queue = `work.delay.${rounded}`;
  const known = declared.get(channel) ?? new Map();
  declared.set(channel, known);
  if (!known.has(queue)) {
    const back = { deadLetterExchange: '', deadLetterRoutingKey: 'work' };
    known.set(queue, channel.assertQueue(queue, { messageTtl: rounded, ...back, ...more }));
  }
  await known.get(queue);
  await publish(channel, queue, message, headers);
}

export const attemptOf = ({ headers }) => headers['x-attempt'] ?? 1;

export const giveUp = (channel, message, count = attemptOf(message)) =>
  publish(channel, 'work.failed', message, { 'x-attempts': count });

/** @param more arguments of the queue to wait in */
export function again(channel, message, wait = backoff, more = {}) {
  const attempt = attemptOf(message);
  return delay(channel, message, wait(attempt), { 'x-attempt': attempt + 1 }, more);
}

export const ack = (channel, message) => quietly(() => channel.ack(message.raw));

/** The channel may be gone. */
export function quietly(act) {
  try {
    act();
  } catch {
    // What was not settled comes again.
  }
}

/** Right, but for what a twin changes of it. */
export function honest({ wait = backoff, limit = attempts, failed = again, last = giveUp } = {}) {
  return async (message, channel) => {
    if (!(await charge(message.id))) {
      if (attemptOf(message) >= limit) await last(channel, message);
      else await failed(channel, message, wait);
    }
    ack(channel, message);
  };
}

/** Waits with the message in hand. */
export function patient({ wait = backoff } = {}) {
  return async (message, channel) => {
    for (let attempt = 1; !(await charge(message.id)); attempt += 1) {
      if (attempt === attempts) {
        await giveUp(channel, message, attempts);
        break;
      }
      await sleep(wait(attempt));
    }
    ack(channel, message);
  };
}

let draining = false;
const underWay = new Set();
const channels = new Set();

/** Consumes, and again after a broken connection. `handle` settles the message itself. */
export async function consume(handle, { queue = 'work', hands = prefetch, noAck = false } = {}) {
  const connection = await connected();
  const channel = await connection.createConfirmChannel();
  channels.add(channel);
  channel.on('error', (error) => console.error(error.message));
  channel.once('close', () => {
    channels.delete(channel);
    connection.close().catch(() => undefined);
    if (!draining) void consume(handle, { queue, hands, noAck });
  });
  await channel.prefetch(hands);
  const take = (raw) => {
    if (draining || raw === null) return;
    const work = handle(messageOf(raw), channel)
      .catch((error) => console.error(error))
      .finally(() => underWay.delete(work));
    underWay.add(work);
  };
  await channel.consume(queue, take, { noAck, consumerTag: 'twin' });
  return channel;
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
  const body = JSON.parse(content.toString());
  return { raw, id: properties.messageId, body, headers: properties.headers ?? {} };
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
  for (const channel of channels) await channel.cancel('twin').catch(() => undefined);
  await Promise.all(underWay);
  for (const channel of channels) await channel.close().catch(() => undefined);
}

/** For most twins. */
export async function run(handle, options) {
  await consume(handle, options);
  live();
}
