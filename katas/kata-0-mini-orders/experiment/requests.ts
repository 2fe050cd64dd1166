import { outsideContract, type Answer, type ClientRequest } from '../../../src/kata/index.js';
import type { Order, Read, Replica } from '../notes.js';

export interface How {
  /** The virtual user. */
  readonly process?: number;
  /** Upstream may not have confirmed it: 500 is then the right answer. */
  readonly mayFail?: boolean;
  /** Each character is written as JSON may write it as well: with its number. */
  readonly isEscaped?: boolean;
}

/** `POST /orders`: 201 with the order. */
export function placing(order: Order, replica: Replica, how: How = {}): ClientRequest {
  const { process = 0, mayFail = false, isEscaped = false } = how;
  return {
    process,
    f: 'place',
    asked: { ...order, replica },
    method: 'POST',
    path: '/orders',
    ...(isEscaped ? { rawBody: escapedJson(order) } : { body: order }),
    read(answer) {
      const kept = orderIn(answer);
      if (answer.status === 201 && kept?.id === order.id) return { outcome: 'ok', value: kept };
      if (mayFail && answer.status === 500)
        return { outcome: 'fail', value: { reason: 'not-confirmed' } };
      return outsideContract(answer, `201 ${JSON.stringify(order)}${mayFail ? ' or 500' : ''}`);
    },
  };
}

function escapedJson({ id, item }: Order): string {
  const numbered = (text: string): string =>
    text.replace(/./gsu, (one) =>
      [...Array(one.length).keys()]
        .map((at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join(''),
    );
  return `{"id": "${numbered(id)}", "item": "${numbered(item)}"}`;
}

/** A known id with another item: the answer tells what is kept, or refuses. */
export function placingAnother(order: Order, replica: Replica): ClientRequest {
  return {
    process: 0,
    f: 'place-another',
    asked: { ...order, replica },
    method: 'POST',
    path: '/orders',
    body: order,
    read(answer) {
      const kept = orderIn(answer);
      if (answer.status === 201 && kept?.id === order.id) return { outcome: 'ok', value: kept };
      if ([400, 409, 422].includes(answer.status))
        return { outcome: 'fail', value: { reason: 'another-item' } };
      return outsideContract(answer, `201 with the order that is stored, or 409`);
    },
  };
}

/** What is no order: 400. */
export function placingNone(rawBody: string, id: string | undefined, replica: Replica) {
  return {
    process: 0,
    f: 'place-none',
    asked: { id: id ?? null, body: rawBody, replica },
    method: 'POST',
    path: '/orders',
    rawBody,
    read: (answer) =>
      answer.status === 400 && saysWhy(answer)
        ? { outcome: 'fail', value: { reason: 'no-order' } }
        : outsideContract(answer, '400 {"error": "…"}'),
  } satisfies ClientRequest;
}

/** `GET /orders/{id}`: 200 with the order, or 404. */
export function reading({ id, replica }: Read, process = 0): ClientRequest {
  return {
    process,
    f: 'read',
    asked: { id, replica },
    method: 'GET',
    path: `/orders/${inPath(id)}`,
    read(answer) {
      const order = orderIn(answer);
      if (answer.status === 200 && order) return { outcome: 'ok', value: order };
      if (answer.status === 404 && saysWhy(answer))
        return { outcome: 'fail', value: { reason: 'not-found' } };
      const expected = `200 {"id": ${JSON.stringify(id)}, "item": "…"} or 404 {"error": "…"}`;
      return outsideContract(answer, expected);
    },
  };
}

/** A plus stands for itself in a path: only in a form is it a space. */
function inPath(id: string): string {
  return encodeURIComponent(id).replaceAll('%2B', '+');
}

function orderIn(answer: Answer): Order | undefined {
  const { id, item } = (answer.json() ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && typeof item === 'string' ? { id, item } : undefined;
}

function saysWhy(answer: Answer): boolean {
  const { error } = (answer.json() ?? {}) as Record<string, unknown>;
  return typeof error === 'string';
}
