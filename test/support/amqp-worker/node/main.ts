import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { startWorker, type Handle, type Worker } from '../../../../katas/kit/node/amqp.js';
import { readEnvironment } from '../../../../katas/kit/node/environment.js';
import { healthyWhile } from '../../../../katas/kit/node/health.js';
import { openInbox } from '../../../../katas/kit/node/inbox.js';
import { post, startRelay } from '../../../../katas/kit/node/outbox.js';
import { openPool } from '../../../../katas/kit/node/postgres.js';
import { publishConfirmed, Refused, Unroutable } from '../../../../katas/kit/node/publish.js';
import { run, type Service } from '../../../../katas/kit/node/serve.js';

const environment = readEnvironment();
const url = environment.text('AMQP_URL');
const gate = environment.text('WORKER_GATE', '');

const handle: Handle = async (message, channel, hurry) => {
  const kind = kindOf(message);
  if (kind === undefined) return 'discard';
  if (kind === 'fails-once' && !message.fields.redelivered) throw new Error('not this time');
  if (kind === 'held') {
    await publishConfirmed(channel, { exchange: '', key: 'begun' }, Buffer.from('{}'), {});
    while (!existsSync(gate)) await sleep(10, undefined, { signal: hurry });
  }
  const outcome = await outcomeOf(kind, channel);
  const id = String(message.properties.messageId);
  const content = Buffer.from(JSON.stringify({ id, outcome }));
  await publishConfirmed(channel, { exchange: '', key: 'done' }, content, { messageId: id });
  return 'ack';
};

function kindOf({ content }: ConsumeMessage): string | undefined {
  try {
    return (JSON.parse(content.toString()) as { kind: string }).kind;
  } catch {
    return undefined;
  }
}

async function outcomeOf(kind: string, channel: ConfirmChannel): Promise<string> {
  if (kind !== 'full' && kind !== 'nowhere') return 'done';
  try {
    await publishConfirmed(channel, { exchange: '', key: kind }, Buffer.from('{}'), {});
    return 'published';
  } catch (error) {
    if (error instanceof Refused) return 'refused';
    if (error instanceof Unroutable) return 'unroutable';
    throw error;
  }
}

async function open(): ReturnType<Service['open']> {
  const database = environment.text('DATABASE_URL', '');
  if (database !== '') return openBoxes(database);
  const worker = await startWorker({ url, queue: 'work', prefetch: 5, handle });
  return { routes: healthy(worker), close: () => worker.stop() };
}

const healthy = (worker: Worker) => healthyWhile(() => worker.isConsuming());

async function openBoxes(database: string): ReturnType<Service['open']> {
  const pool = await openPool(database, 4);
  const relay = startRelay(pool, url);
  const worker = await openInbox<string>({
    ...{ url, pool, queue: 'work', onCommitted: () => relay.wake() },
    read: (body) => readOrder(body),
    keyOf: (order) => order,
    reactions: {
      Asked: (tx, order) =>
        post(tx, { exchange: 'events', key: 'Answered', correlationId: order, body: { order } }),
    },
  });
  return {
    routes: healthy(worker),
    async close() {
      await worker.stop();
      await relay.stop();
      await pool.end();
    },
  };
}

function readOrder(body: unknown): string {
  const { order } = (body ?? {}) as { order?: unknown };
  if (typeof order !== 'string') throw new Error('the body names no order');
  return order;
}

run({ port: environment.port, open });
