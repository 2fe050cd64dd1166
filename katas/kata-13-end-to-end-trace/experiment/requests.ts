import { outsideContract, type ClientRequest } from '../../../src/kata/index.js';
import type { Accepted, Sent } from '../notes.js';

/** `POST /orders`: 202 with the order's id, and the request's in a header. */
export function placing(process: number, sent: Sent): ClientRequest {
  const { order, sku, requestId, traceparent } = sent;
  return {
    ...{ process, role: 'api', f: 'place', asked: sent, method: 'POST', path: '/orders' },
    body: { id: order, sku, quantity: 1 },
    headers: {
      ...(requestId !== undefined && { 'x-request-id': requestId }),
      ...(traceparent !== undefined && { traceparent }),
    },
    read(answer) {
      const { id } = (answer.json() ?? {}) as { id?: unknown };
      if (answer.status === 202 && id === order) {
        const given = answer.headers['x-request-id'];
        const value: Accepted = { id: order, requestId: typeof given === 'string' ? given : null };
        return { outcome: 'ok', value };
      }
      if (answer.status === 503) return { outcome: 'fail', value: { reason: 'unavailable' } };
      return outsideContract(answer, `202 {"id": "${order}"}, or 503`);
    },
  };
}

/** A path that no route is for. */
export function straying(process: number, path: string): ClientRequest {
  return {
    ...{ process, role: 'api', f: 'stray', asked: { path }, method: 'GET', path },
    read: (answer) =>
      answer.status === 404
        ? { outcome: 'ok', value: {} }
        : outsideContract(answer, '404: there is no such route'),
  };
}
