import { randomUUID } from 'node:crypto';
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import type { Handler } from '../../../kit/node/routes.js';
import { BadRequest } from '../../../kit/node/serve.js';
import { logger, withIds } from '../../../kit/node/telemetry/logging.js';
import { within } from '../../../kit/node/telemetry/tracing.js';
import type { Publisher } from './publisher.js';
import { requestId } from './request-id.js';

interface Order {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
}

/** `POST /orders`: 202 once the broker has the order for good, 503 where it has not taken it. */
export function placeOrder(publisher: Publisher, strategy: string): Handler {
  return async (body) => {
    const order = readOrder(body);
    const told =
      strategy === 'blind'
        ? publisher.publish(messageOf(order), {})
        : withIds({ order: order.id }, () => tell(publisher, order, strategy === 'full'));
    return told.then(
      () => ({ status: 202, body: { id: order.id } }),
      () => ({ status: 503, body: { error: "it can't be taken now" } }),
    );
  };
}

/** Puts into the message what whoever takes it needs to go on with the same thread. */
async function tell(publisher: Publisher, order: Order, handsOn: boolean): Promise<void> {
  trace.getActiveSpan()?.setAttribute('order.id', order.id);
  const attributes = {
    'messaging.system': 'rabbitmq',
    'messaging.operation.type': 'send',
    'messaging.destination.name': 'shop',
  };
  const kind = SpanKind.PRODUCER;
  await trace
    .getTracer('api')
    .startActiveSpan('send shop', { kind, attributes }, (span) =>
      within(span, async () => {
        const headers: Record<string, string> = {};
        if (handsOn) {
          propagation.inject(context.active(), headers);
          headers['x-request-id'] = requestId() ?? '';
        }
        await publisher.publish(messageOf(order), headers);
      }),
    )
    .catch((error: unknown) => {
      logger.error({ error: String(error) }, 'the broker did not take the order');
      throw error;
    });
  logger.info('the order is on its way');
}

function messageOf({ id, sku, quantity }: Order) {
  return { id: randomUUID(), body: { order: id, sku, quantity } };
}

function readOrder(body: unknown): Order {
  const { id, sku, quantity } = (body ?? {}) as Record<string, unknown>;
  if (!isName(id)) throw new BadRequest('id must be a text');
  if (!isName(sku)) throw new BadRequest('sku must be a text');
  if (!Number.isInteger(quantity) || Number(quantity) < 1 || Number(quantity) > 2 ** 31 - 1)
    throw new BadRequest('quantity must be a whole number from 1');
  return { id, sku, quantity: Number(quantity) };
}

/** PostgreSQL stores no text with a zero in it. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}
