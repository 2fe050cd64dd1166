import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { idNow } from './logging.js';
import { within } from './tracing.js';

export interface Call {
  readonly method: 'POST' | 'DELETE';
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** It waits no longer; without it, as long as it takes. */
  readonly withinMs?: number;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A call of another service as a span; whoever answers it goes on with the same thread. */
export function observedCall(call: Call): Promise<Answer> {
  const { method, url } = call;
  const attributes = { 'http.request.method': method, 'url.full': url };
  return trace
    .getTracer('calls')
    .startActiveSpan(method, { kind: SpanKind.CLIENT, attributes }, (span) =>
      within(span, async () => {
        const headers: Record<string, string> = { ...call.headers };
        propagation.inject(context.active(), headers);
        const requestId = idNow('request_id');
        if (requestId !== undefined) headers['x-request-id'] = requestId;
        const answer = await plainCall({ ...call, headers });
        span.setAttribute('http.response.status_code', answer.status);
        return answer;
      }),
    );
}

/** @throws where no whole answer came in time */
export async function plainCall({ method, url, body, headers, withinMs }: Call): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(withinMs !== undefined && { signal: AbortSignal.timeout(withinMs) }),
  });
  const text = await response.text();
  return { status: response.status, body: read(text) };
}

function read(text: string): Answer['body'] {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Answer['body']) : {};
  } catch {
    return {};
  }
}
