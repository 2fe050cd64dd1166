import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { trace } from '@opentelemetry/api';
import type pg from 'pg';
import { log } from '../../../kit/node/log.js';
import type { Reply, Routes } from '../../../kit/node/routes.js';
import { BadRequest } from '../../../kit/node/serve.js';
import type { Bus, Work } from '../../../kit/node/telemetry/bus.js';
import { idNow, logger, withIds } from '../../../kit/node/telemetry/logging.js';
import type { Clients } from './clients.js';
import { once, type Asked } from './idempotency.js';
import { isCount, isName, type Told } from './message.js';
import { find, take } from './orders.js';
import type { RateLimit } from './rate-limit.js';

export interface Edge {
  readonly pool: pg.Pool;
  readonly clients: Clients;
  readonly bus: Bus;
  /** What else begins with a new order, in the same transaction. */
  readonly begin: (work: Work, told: Told) => Promise<void>;
  /** Undefined where every request passes, and every one is a new order. */
  readonly limit: RateLimit | undefined;
}

export function routesOf(edge: Edge): Routes {
  return {
    'POST /orders': (body, _, headers) => place(edge, body, headers),
    async 'GET /orders/{id}'(_, { id = '' }) {
      const order = await find(edge.pool, id);
      if (!order) return { status: 404, body: { error: 'there is no such order' } };
      const { reason, tracking, ...rest } = order;
      return {
        status: 200,
        body: { ...rest, ...(reason && { reason }), ...(tracking && { tracking }) },
      };
    },
  };
}

async function place(edge: Edge, body: unknown, headers: IncomingHttpHeaders): Promise<Reply> {
  try {
    const client = await edge.clients.nameOf(headers['x-api-key']);
    if (client === undefined) return refused(401, 'no such key');
    const seconds = edge.limit?.secondsLeft(client);
    if (seconds !== undefined)
      return { ...refused(429, 'too many of yours'), headers: { 'retry-after': String(seconds) } };
    const key = headers['idempotency-key'];
    if (!isName(key)) return refused(400, 'Idempotency-Key is missing');
    return await accept(edge, { client, key, asked: readOrder(body) });
  } catch (error) {
    if (error instanceof BadRequest) throw error;
    log('an order could not be taken:', error);
    return refused(503, "it can't be taken now; ask again with the same key");
  }
}

async function accept(
  { bus, begin, limit }: Edge,
  of: { readonly client: string; readonly key: string; readonly asked: Asked },
): Promise<Reply> {
  const fresh = randomUUID();
  const id = await bus.within(fresh, async (work) => {
    const order = limit ? await once(work, of, fresh) : fresh;
    if (order !== fresh) return order;
    return onlyOf(fresh, async () => {
      const told = { order, ...of.asked };
      await take(work, told, { client: of.client, requestId: idNow('request_id') });
      await begin(work, told);
      return order;
    });
  });
  if (id === undefined) return refused(422, 'this key is of another order');
  trace.getActiveSpan()?.setAttribute('order.id', id);
  withIds({ order: id }, () => logger.info('taken'));
  return { status: 202, body: { id, status: 'PENDING' } };
}

const onlyOf = <T>(order: string, work: () => Promise<T>): Promise<T> => withIds({ order }, work);

const refused = (status: number, error: string): Reply => ({ status, body: { error } });

function readOrder(body: unknown): Asked {
  const { customer, sku, quantity, amount, address } = (body ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries({ customer, sku, address }))
    if (!isName(value)) throw new BadRequest(`${name} must be a text`);
  for (const [name, value] of Object.entries({ quantity, amount }))
    if (!isCount(value)) throw new BadRequest(`${name} must be a whole number from 1`);
  return { customer, sku, quantity, amount, address } as Asked;
}
