import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import type pg from 'pg';
import { logger, withIds } from '../../../kit/node/telemetry/logging.js';
import { messages, timed, tracedHere, work } from '../../../kit/node/telemetry/metrics.js';
import { within } from '../../../kit/node/telemetry/tracing.js';
import type { Message } from './main.js';
import { insert, store, type Order } from './orders.js';

/**
 * Goes on with the thread that the message carries: each attempt is a span of its own, and so is the
 * statement in it. @returns a function that says whether the attempt succeeded
 */
export function observed(pool: pg.Pool) {
  const tracer = trace.getTracer('worker');
  return ({ order, headers }: Message): Promise<boolean> => {
    const parent = propagation.extract(context.active(), headers);
    const requestId = textOf(headers['x-request-id']);
    const ids = { order: order.order, ...(requestId !== null && { request_id: requestId }) };
    const attributes = {
      'order.id': order.order,
      'messaging.system': 'rabbitmq',
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'orders',
    };
    return withIds(ids, () =>
      tracer.startActiveSpan(
        'process orders',
        { kind: SpanKind.CONSUMER, attributes },
        parent,
        (span) => counted(() => within(span, () => stored(pool, order, requestId))),
      ),
    );
  };
}

async function counted(attempt: () => Promise<void>): Promise<boolean> {
  const end = timed(work);
  let outcome = 'ok';
  try {
    await attempt();
    logger.info('stored');
  } catch (error) {
    outcome = 'error';
    logger.error({ err: error }, 'the order failed, and is offered again');
  }
  end({ outcome }, tracedHere());
  messages.inc({ outcome });
  return outcome === 'ok';
}

function stored(pool: pg.Pool, order: Order, requestId: string | null): Promise<void> {
  const attributes = {
    'db.system.name': 'postgresql',
    'db.operation.name': 'INSERT',
    'db.collection.name': 'orders',
    'db.query.text': insert,
  };
  const kind = SpanKind.CLIENT;
  return trace
    .getTracer('worker')
    .startActiveSpan('INSERT orders', { kind, attributes }, (span) =>
      within(span, () => store(pool, order, requestId)),
    );
}

function textOf(header: unknown): string | null {
  return typeof header === 'string' && header !== '' ? header : null;
}
