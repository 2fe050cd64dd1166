import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import type pg from 'pg';
import { logger, withIds } from '../../../kit/node/telemetry/logging.js';
import { messages, work } from '../../../kit/node/telemetry/metrics.js';
import { within } from '../../../kit/node/telemetry/tracing.js';
import type { Order } from '../../../kata-13-end-to-end-trace/worker/node/orders.js';
import type { Habits } from './habits.js';
import { connect, write } from './database.js';
import { reserve } from './warehouse.js';

/** A message with what it carries beside the order. */
export interface Message {
  readonly order: Order;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface Means {
  readonly pool: pg.Pool;
  /** Its address. */
  readonly warehouse: string;
  readonly habits: Habits;
}

/** Goes on with the thread that a message carries. @returns a function that says whether it is done */
export function attempts(means: Means) {
  const tracer = trace.getTracer('worker');
  return ({ order, headers }: Message): Promise<boolean> => {
    const parent = propagation.extract(context.active(), headers);
    const requestId = headers['x-request-id'];
    const ids = {
      order: order.order,
      ...(typeof requestId === 'string' && { request_id: requestId }),
    };
    const attributes = {
      'order.id': order.order,
      'messaging.system': 'rabbitmq',
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'orders',
    };
    const kind = SpanKind.CONSUMER;
    return withIds(ids, () =>
      tracer.startActiveSpan('process orders', { kind, attributes }, parent, (span) =>
        counted(() => within(span, () => attempt(means, order, ids.request_id ?? null))),
      ),
    );
  };
}

async function attempt(
  { pool, warehouse, habits }: Means,
  order: Order,
  requestId: string | null,
): Promise<void> {
  if (order.quantity > habits.mostParcels) return;
  const held = habits.holdsConnection ? await connect(pool) : undefined;
  let own: pg.PoolClient | undefined;
  try {
    await reserve(warehouse, order);
    own = held ?? (await connect(pool));
    await write(own, { ...order, requestId }, habits.oneByOne);
  } finally {
    (own ?? held)?.release();
  }
}

async function counted(attemptOnce: () => Promise<void>): Promise<boolean> {
  const end = work.startTimer();
  let outcome = 'ok';
  try {
    await attemptOnce();
    logger.info('done');
  } catch (error) {
    outcome = 'error';
    logger.error({ err: error }, 'the order failed, and is offered again');
  }
  end({ outcome });
  messages.inc({ outcome });
  return outcome === 'ok';
}
