import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Around, Asked, Reply } from '../../../kit/node/serve.js';
import { logger, withIds } from '../../../kit/node/telemetry/logging.js';
import { requests, timed, tracedHere } from '../../../kit/node/telemetry/metrics.js';
import { within } from '../../../kit/node/telemetry/tracing.js';
import { requestIdOf, withRequestId } from './request-id.js';

/** One span, one line, one count a request; its id goes along with all that is done for it. */
export const observed: Around = (asked, answer) => {
  const id = requestIdOf(asked.headers['x-request-id']);
  return withRequestId(id, () =>
    withIds({ request_id: id }, async () => {
      const reply = await measured(asked, () => traced(asked, answer));
      return { ...reply, headers: { ...reply.headers, 'x-request-id': id } };
    }),
  );
};

async function measured(
  { method, route = 'none' }: Asked,
  answer: () => Promise<Traced>,
): Promise<Reply> {
  const end = timed(requests);
  const { reply, traceId } = await answer();
  end(
    {
      http_request_method: method,
      http_route: route,
      http_response_status_code: reply.status,
    },
    traceId,
  );
  return reply;
}

interface Traced {
  readonly reply: Reply;
  readonly traceId?: string | undefined;
}

/** The client's context goes on where it sent one; who looks at health or metrics is no request. */
async function traced(
  { method, route, headers }: Asked,
  answer: () => Promise<Reply>,
): Promise<Traced> {
  if (route === '/metrics') return { reply: await answer() };
  const tracer = trace.getTracer('api');
  const attributes = { 'http.request.method': method, ...(route && { 'http.route': route }) };
  const parent = propagation.extract(context.active(), headers);
  return tracer.startActiveSpan(
    route === undefined ? method : `${method} ${route}`,
    { kind: SpanKind.SERVER, attributes },
    parent,
    (span) =>
      within(span, async () => {
        const reply = await answer();
        span.setAttribute('http.response.status_code', reply.status);
        if (reply.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        if (route !== undefined) logger.info({ status: reply.status }, 'answered');
        return { reply, traceId: tracedHere() };
      }),
  );
}
