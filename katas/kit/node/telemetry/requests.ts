import { randomUUID } from 'node:crypto';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Around, Asked, Reply } from '../serve.js';
import { logger, withIds } from './logging.js';
import { requests } from './metrics.js';
import { within } from './tracing.js';

/** What a client may choose: anything longer or stranger would end in every log and header. */
const allowed = /^[A-Za-z0-9._-]{1,64}$/;

/** One span, one line, one count a request; its id goes along with all that is done for it. */
export const observedRequests: Around = (asked, answer) => {
  const given = asked.headers['x-request-id'];
  const id = typeof given === 'string' && allowed.test(given) ? given : randomUUID();
  return withIds({ request_id: id }, async () => {
    const reply = await countedRequests(asked, () => traced(asked, answer));
    return { ...reply, headers: { ...reply.headers, 'x-request-id': id } };
  });
};

export const countedRequests: Around = async ({ method, route = 'none' }, answer) => {
  const end = requests.startTimer();
  const reply = await answer();
  end({
    http_request_method: method,
    http_route: route,
    http_response_status_code: reply.status,
  });
  return reply;
};

/** The client's context goes on where it sent one; who looks at health or metrics is no request. */
function traced({ method, route, headers }: Asked, answer: () => Promise<Reply>): Promise<Reply> {
  if (route === '/metrics' || route === '/health') return answer();
  const attributes = { 'http.request.method': method, ...(route && { 'http.route': route }) };
  const parent = propagation.extract(context.active(), headers);
  return trace
    .getTracer('requests')
    .startActiveSpan(
      route === undefined ? method : `${method} ${route}`,
      { kind: SpanKind.SERVER, attributes },
      parent,
      (span) =>
        within(span, async () => {
          const reply = await answer();
          span.setAttribute('http.response.status_code', reply.status);
          if (reply.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          if (route !== undefined) logger.info({ status: reply.status }, 'answered');
          return reply;
        }),
    );
}
