import { outsideContract, type ClientRequest } from '../../../src/kata/index.js';
import type { Order } from '../contract.js';

/** `POST /orders`: 202, the same again for the same again; or 503 where nothing was taken. */
export function placing(process: number, order: Order): ClientRequest {
  return {
    ...{ process, f: 'place', asked: order },
    ...{ method: 'POST', path: '/orders', body: order },
    read(answer) {
      const { id, status } = (answer.json() ?? {}) as { id?: unknown; status?: unknown };
      if (answer.status === 202 && id === order.id && status === 'PENDING')
        return { outcome: 'ok', value: { status } };
      if (answer.status === 503) return { outcome: 'fail', value: { reason: 'unavailable' } };
      return outsideContract(answer, `202 {"id": "${order.id}", "status": "PENDING"} or 503`);
    },
  };
}

/** The same order, as another client writes it: with other spaces, and its fields in another order. */
export function placingAgain(process: number, order: Order): ClientRequest {
  const fields = Object.entries(order).reverse();
  const written = fields.map((one) => one.map((each) => JSON.stringify(each)).join(' : '));
  return { ...placing(process, order), body: undefined, rawBody: `{ ${written.join(' ,\n ')} }` };
}

/** The id of another order, which differs in one field: each of them makes it another one. */
export function conflicting(order: Order): readonly ClientRequest[] {
  const others: readonly Partial<Order>[] = [
    { customer: `${order.customer}-2` },
    { sku: `${order.sku}-2` },
    { quantity: order.quantity + 1 },
    { amount: order.amount + 1 },
  ];
  return others.map((other) => conflictingIn(order, other));
}

function conflictingIn(order: Order, other: Partial<Order>): ClientRequest {
  const body = { ...order, ...other };
  const [field = ''] = Object.keys(other);
  return {
    ...{ process: 0, f: 'conflict', asked: body },
    ...{ method: 'POST', path: '/orders', body },
    read: (answer) =>
      answer.status === 422
        ? { outcome: 'ok', value: { status: 422 } }
        : outsideContract(answer, `422, for ${order.id} with another ${field}`),
  };
}

const isOneOf = (value: unknown, all: readonly string[]): boolean =>
  typeof value === 'string' && all.includes(value);

export function reading(process: number, id: string): ClientRequest {
  return {
    ...{ process, f: 'read', asked: { id } },
    ...{ method: 'GET', path: `/orders/${id}` },
    read(answer) {
      const body = (answer.json() ?? {}) as { id?: unknown; status?: unknown; reason?: unknown };
      const isRight =
        answer.status === 200 &&
        body.id === id &&
        isOneOf(body.status, ['PENDING', 'CONFIRMED', 'REJECTED']) &&
        (body.status !== 'REJECTED' ||
          isOneOf(body.reason, ['declined', 'out-of-stock', 'deadline']));
      if (isRight) return { outcome: 'ok', value: body };
      return outsideContract(answer, `200 {"id": "${id}", "status": …}, with a reason if REJECTED`);
    },
  };
}

export function readingNobody(): ClientRequest {
  return {
    ...{ process: 0, f: 'read-nobody', asked: { id: 'o-nobody' } },
    ...{ method: 'GET', path: '/orders/o-nobody' },
    read: (answer) =>
      answer.status === 404
        ? { outcome: 'ok', value: { status: 404 } }
        : outsideContract(answer, '404, for an order that is not there'),
  };
}

const right = {
  id: 'o-nonsense',
  customer: 'c-nonsense',
  sku: 's-nonsense',
  quantity: 1,
  amount: 1,
};

/** What is no order, each in one way. */
export const nonsense: readonly ClientRequest[] = [
  refusing('no JSON', { rawBody: '{"id": "o-nonsense", "customer": ' }),
  refusing('no id', { body: { ...right, id: undefined } }),
  refusing('a customer that is no text', { body: { ...right, customer: 7 } }),
  refusing('no sku', { body: { ...right, sku: undefined } }),
  refusing('a quantity of 0', { body: { ...right, quantity: 0 } }),
  refusing('half an amount', { body: { ...right, amount: 1.5 } }),
];

function refusing(what: string, sent: Pick<ClientRequest, 'body' | 'rawBody'>): ClientRequest {
  return {
    ...{ process: 0, f: 'nonsense', asked: what },
    ...{ method: 'POST', path: '/orders', ...sent },
    read: (answer) =>
      answer.status === 400
        ? { outcome: 'ok', value: { status: 400 } }
        : outsideContract(answer, `400, for ${what}`),
  };
}
