import {
  outsideContract,
  type Answer,
  type ClientRequest,
  type Reading,
} from '../../../src/kata/index.js';
import { idempotencyHeader, keyHeader, reasons, requestIdHeader } from '../contract.js';
import type { Asked, Placed } from '../notes.js';

/** `POST /orders` with what belongs to it. @param how it is sent otherwise */
export function placing(
  process: number,
  asked: Asked,
  how: { readonly rawBody?: string; readonly apiKey?: string; readonly key?: string } = {},
): ClientRequest {
  const { customer, sku, quantity, amount, address, requestId, traceparent } = asked;
  const body = { customer, sku, quantity, amount, address };
  const apiKey = how.apiKey ?? apiKeyOf(asked.client);
  const key = how.key ?? asked.key;
  return {
    ...{ process, f: 'place', asked, method: 'POST', path: '/orders' },
    ...(how.rawBody === undefined ? { body } : { rawBody: how.rawBody }),
    headers: {
      ...(apiKey !== '' && { [keyHeader]: apiKey }),
      ...(key !== '' && { [idempotencyHeader]: key }),
      ...(requestId !== undefined && { [requestIdHeader]: requestId }),
      ...(traceparent !== undefined && { traceparent }),
    },
    read: readPlaced,
  };
}

export const apiKeyOf = (client: string): string => `key-of-${client}`;

const expected =
  '202 {"id", "status": "PENDING"}, 400, 401, 409, 422, 429 with Retry-After, or 503';
const refusals = [400, 401, 409, 422, 503];

function readPlaced(answer: Answer): Reading {
  const { status } = answer;
  const header = answer.headers[requestIdHeader];
  const requestId = typeof header === 'string' ? { requestId: header } : {};
  if (status === 202) {
    const { id, status: state } = (answer.json() ?? {}) as { id?: unknown; status?: unknown };
    const isState = state === 'PENDING' || state === 'CONFIRMED' || state === 'REJECTED';
    if (typeof id !== 'string' || !isState) return outsideContract(answer, expected);
    return { outcome: 'ok', value: { status, id, state, ...requestId } satisfies Placed };
  }
  const after = answer.headers['retry-after'];
  if (status === 429 && typeof after === 'string' && /^\d{1,6}$/.test(after.trim()))
    return { outcome: 'fail', value: { status, retryAfter: Number(after), ...requestId } };
  if (refusals.includes(status)) return { outcome: 'fail', value: { status, ...requestId } };
  return outsideContract(answer, expected);
}

export function reading(process: number, id: string): ClientRequest {
  return {
    ...{ process, f: 'read', asked: { id } },
    ...{ method: 'GET', path: `/orders/${encodeURIComponent(id)}` },
    read(answer) {
      const body = (answer.json() ?? {}) as Record<string, unknown>;
      const { status, reason } = body;
      const isKnown = status === 'PENDING' || status === 'CONFIRMED' || status === 'REJECTED';
      const hasReason = status !== 'REJECTED' || reasons.some((one) => one === reason);
      if (answer.status === 200 && body['id'] === id && isKnown && hasReason)
        return { outcome: 'ok', value: body };
      return outsideContract(answer, `200 {"id": "${id}", "status": …}, with a reason if REJECTED`);
    },
  };
}

export function readingNobody(): ClientRequest {
  return {
    ...{ process: 0, f: 'read-nobody', asked: { id: 'nobody' } },
    ...{ method: 'GET', path: '/orders/nobody' },
    read: (answer) =>
      answer.status === 404
        ? { outcome: 'ok', value: { status: 404 } }
        : outsideContract(answer, '404, for an order that is not there'),
  };
}
