import { readEnvironment } from '../../kit/node/environment.js';
import { BadRequest, run } from '../../kit/node/serve.js';
import { database } from './database.js';
import { memory } from './memory.js';
import type { Order, Strategy } from './orders.js';

const strategies = new Map<string, Strategy>(Object.entries({ memory, database }));

/** Shorter than the time in which this service has to answer itself. */
const confirmWithinMs = 8_000;

const environment = readEnvironment();
const upstream = environment.text('UPSTREAM_URL');

run({
  port: environment.port,
  async open() {
    const name = environment.text('PLAN_STRATEGY', 'memory');
    const open = strategies.get(name);
    if (!open) throw new Error(`there is no strategy "${name}"`);
    const orders = await open();
    return {
      routes: {
        'POST /orders': async (body) => {
          const wanted = readOrder(body);
          // Two side effects, and only then the promise to the client. Whoever sends its order
          // again gets both again: the row is recognised by its id, but whether the call arrived
          // the first time nobody here can know, so it is made again (at least once).
          const kept = await orders.place(wanted);
          await confirm(kept);
          // What is kept, whatever came with the same id the second time: no 201 tells of an item
          // that is nowhere.
          return { status: 201, body: kept };
        },
        'GET /orders/{id}': async (_body, { id = '' }) => {
          const order = await orders.find(id);
          return order
            ? { status: 200, body: order }
            : { status: 404, body: { error: 'no such order' } };
        },
      },
      close: () => orders.close(),
    };
  },
});

/** @throws Error where upstream does not confirm: the client must not hear 201 then */
async function confirm({ id }: Order): Promise<void> {
  const answer = await fetch(`${upstream}/confirmations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ order: id }),
    signal: AbortSignal.timeout(confirmWithinMs),
  });
  // Read to its end, so that the connection can be used again.
  await answer.text();
  // 202 says that it will look at it, which is no promise yet.
  if (answer.status !== 200)
    throw new Error(`order ${id} was not confirmed: status ${answer.status}`);
}

function readOrder(body: unknown): Order {
  const { id, item } = (body ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') throw new BadRequest('id must be a text');
  if (typeof item !== 'string' || item === '') throw new BadRequest('item must be a text');
  return { id, item };
}
