import { outsideContract, type ClientRequest } from '../../../src/kata/index.js';
import type { Accepted, Sent } from '../notes.js';

/** `POST /orders`: 202 with the order's id, and the request's in a header. */
export function placing(process: number, sent: Sent, query = ''): ClientRequest {
  const { order, sku, requestId, traceparent } = sent;
  return {
    ...{ process, role: 'api', f: 'place', asked: sent, method: 'POST', path: `/orders${query}` },
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

/** What is no order: 400, with a request id all the same. */
export function refused(process: number, what: string, rawBody: string): ClientRequest {
  return {
    ...{ process, role: 'api', f: 'refused', asked: { what }, method: 'POST', path: '/orders' },
    rawBody,
    read(answer) {
      if (answer.status !== 400) return outsideContract(answer, '400: it is no order');
      const given = answer.headers['x-request-id'];
      return { outcome: 'ok', value: { requestId: typeof given === 'string' ? given : null } };
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
