import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import type { AroundMessage } from '../inbox.js';
import type { Headers } from '../outbox.js';
import type { Transaction } from '../postgres.js';
import { idNow, logger, withIds } from './logging.js';
import { messages } from './metrics.js';
import { within } from './tracing.js';

/** Goes on with the thread that a message carries: each attempt is a span, a line and a count. */
export function observedMessages(queue: string): AroundMessage<{ readonly order: string }> {
  return ({ name, headers, body }, attempt) => {
    const requestId = headers['x-request-id'];
    const ids = {
      order: body.order,
      ...(typeof requestId === 'string' && { request_id: requestId }),
    };
    const attributes = {
      'order.id': body.order,
      'messaging.system': 'rabbitmq',
      'messaging.operation.type': 'process',
      'messaging.destination.name': queue,
    };
    return withIds(ids, () =>
      trace
        .getTracer(queue)
        .startActiveSpan(
          `process ${name}`,
          { kind: SpanKind.CONSUMER, attributes },
          propagation.extract(context.active(), headers),
          (span) => within(span, () => counted(name, attempt)),
        ),
    );
  };
}

async function counted(name: string, attempt: () => Promise<void>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    messages.inc({ message: name, outcome: 'error' });
    logger.error({ error: String(error) }, `${name} failed, and is offered again`);
    throw error;
  }
  messages.inc({ message: name, outcome: 'ok' });
  logger.info(`${name} is done`);
}

/** What a message carries so that whoever takes it goes on: a span of its sending, the request's id. */
export function threadOf(exchange: string, name: string): Headers {
  const attributes = {
    'messaging.system': 'rabbitmq',
    'messaging.operation.type': 'send',
    'messaging.destination.name': exchange,
  };
  const kind = SpanKind.PRODUCER;
  return trace.getTracer(exchange).startActiveSpan(`send ${name}`, { kind, attributes }, (span) => {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    const requestId = idNow('request_id');
    if (requestId !== undefined) headers['x-request-id'] = requestId;
    span.end();
    return headers;
  });
}

/** The thread of earlier headers, for what nothing that just came asks for. */
export function onThread<T>(headers: Headers, order: string, work: () => Promise<T>): Promise<T> {
  const requestId = headers['x-request-id'];
  const ids = { order, ...(requestId !== undefined && { request_id: requestId }) };
  return context.with(propagation.extract(context.active(), headers), () => withIds(ids, work));
}

/** A statement of this service's own, as a span. */
function statement<T>(
  what: string,
  run: () => Promise<T>,
  attributes: Readonly<Record<string, string>> = {},
): Promise<T> {
  return trace
    .getTracer('database')
    .startActiveSpan(
      what,
      { kind: SpanKind.CLIENT, attributes: { 'db.system.name': 'postgresql', ...attributes } },
      (span) => within(span, run),
    );
}

/** The same connection; each of its statements is a span. */
export function traced(tx: Transaction): Transaction {
  const query = (text: string, values?: unknown[]): Promise<unknown> => {
    const [operation = ''] = text.trim().split(/\s/, 1);
    const attributes = { 'db.operation.name': operation, 'db.query.text': text };
    return statement(operation, () => tx.query(text, values), attributes);
  };
  return new Proxy(tx, {
    get: (target, name, receiver) =>
      name === 'query' ? query : (Reflect.get(target, name, receiver) as unknown),
  });
}
