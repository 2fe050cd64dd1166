import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { Histogram } from 'prom-client';
import { within } from '../../../kit/node/telemetry/tracing.js';
import type { Order } from '../../../kata-13-end-to-end-trace/worker/node/orders.js';

const calls = new Histogram({
  name: 'http_client_request_duration_seconds',
  help: 'How long calls of the warehouse took.',
  labelNames: ['http_response_status_code'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
});

const answersWithinMs = 5_000;
/** In one attempt at a message. A message that failed comes again, and is tried as often again. */
const tries = 3;

/** Sets aside what an order is about. @throws Error where the warehouse does not take it */
export async function reserve(url: string, order: Order): Promise<void> {
  for (let n = 1; ; n += 1)
    try {
      await call(url, order);
      return;
    } catch (error) {
      if (n === tries) throw error;
    }
}

function call(url: string, { order, sku, quantity }: Order): Promise<void> {
  const attributes = {
    'http.request.method': 'POST',
    'server.address': 'warehouse',
    'url.template': '/reservations/{order}',
  };
  const kind = SpanKind.CLIENT;
  return trace
    .getTracer('worker')
    .startActiveSpan('POST /reservations/{order}', { kind, attributes }, (span) =>
      within(span, async () => {
        const headers: Record<string, string> = { 'content-type': 'application/json' };
        propagation.inject(context.active(), headers);
        const end = calls.startTimer();
        const answer = await fetch(`${url}/reservations/${encodeURIComponent(order)}`, {
          ...{ method: 'POST', headers, body: JSON.stringify({ sku, quantity }) },
          signal: AbortSignal.timeout(answersWithinMs),
        });
        const { status } = answer;
        // Unread, its connection could not be used again.
        await answer.arrayBuffer();
        end({ http_response_status_code: status });
        span.setAttribute('http.response.status_code', status);
        if (status !== 200) throw new Error(`the warehouse answered ${status}`);
      }),
    );
}
