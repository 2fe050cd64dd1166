/**
 * An honest worker on Redis Streams in parts, as twin.mjs is one on RabbitMQ. It shares nothing with
 * katas/kit.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';

const { PORT, REDIS_URL, UPSTREAM_URL, PLAN_PREFETCH } = process.env;
export const attempts = 3;
const group = 'workers';
const me = `twin-${randomUUID()}`;
const claimIdleMs = 1_000;
const signOfLifeMs = 250;

const client = await opened();
const reader = await opened();
/** By entry. */
const inHand = new Map();
let stopping = false;

async function opened() {
  const one = createClient({ url: REDIS_URL, socket: { reconnectStrategy: () => 50 } });
  one.on('error', (error) => console.error(error.message));
  await one.connect();
  return one;
}

/** @throws Error with the reason */
export async function ship({ fields }) {
  const id = JSON.parse(fields.body)?.id;
  if (typeof id !== 'string') throw new Error('no shipment');
  const response = await fetch(`${UPSTREAM_URL}/shipments`, {
    method: 'POST',
    body: JSON.stringify({ id }),
    signal: AbortSignal.timeout(30_000),
  });
  const { error } = await response.json();
  if (response.status !== 201) throw new Error(`${response.status} ${error}`);
}

export const madeOf = ({ fields }) => Number(fields['x-attempts'] ?? 0);

export const ack = ({ entry }) =>
  client.multi().xAck('work', group, entry).xDel('work', entry).exec();

/** The copy and the acknowledgement in one step. */
export const move = ({ entry, fields }, to, headers) =>
  client
    .multi()
    .xAdd(to, '*', { ...fields, ...headers })
    .xAck('work', group, entry)
    .xDel('work', entry)
    .exec();

/** Right: one more attempt at the end of the stream, or the dead letters with a reason. */
export function giveUpOrAgain(message, error, made = madeOf(message) + 1) {
  const headers = { 'x-attempts': String(made) };
  return made < attempts
    ? move(message, 'work', headers)
    : move(message, 'work.dead', { ...headers, 'x-reason': error.message });
}

/** Right, for twins that are wrong elsewhere. */
export async function honest(message, onFailure = giveUpOrAgain) {
  try {
    await ship(message);
  } catch (error) {
    await onFailure(message, error);
    return;
  }
  await ack(message);
}

export async function run(handle, { prefetch = Number(PLAN_PREFETCH), claims = true } = {}) {
  const take = ({ id, message }) => {
    if (inHand.has(id)) return;
    const work = handle({ entry: id, fields: { ...message } })
      .catch((error) => console.error(message.id, error.message))
      .finally(() => inHand.delete(id));
    inHand.set(id, work);
  };
  const free = () => prefetch - inHand.size;
  const reading = patiently(async () => {
    if (free() <= 0) return sleep(5);
    const from = { key: 'work', id: '>' };
    const read = await reader.xReadGroup(group, me, from, { COUNT: free(), BLOCK: 100 });
    for (const { messages } of read ?? []) messages.forEach(take);
  });
  const looking = patiently(async () => {
    await sleep(signOfLifeMs);
    const mine = [...inHand.keys()];
    if (mine.length > 0) await client.xClaimJustId('work', group, me, 0, mine);
    if (!claims || free() <= 0 || stopping) return;
    const idle = await client.xAutoClaim('work', group, me, claimIdleMs, '0-0', { COUNT: free() });
    idle.messages.filter(Boolean).forEach(take);
  });
  createServer((_, response) => response.end('ok')).listen(Number(PORT), '127.0.0.1');
  process.once('SIGTERM', async () => {
    stopping = true;
    await reading;
    await Promise.all(inHand.values());
    await looking;
    process.exit(0);
  });
}

/** Again and again until it is to stop; Redis may be away. */
async function patiently(work) {
  while (!stopping) {
    try {
      await work();
    } catch (error) {
      console.error(error.message);
      await sleep(50);
    }
  }
}
