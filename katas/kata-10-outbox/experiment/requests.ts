import { outsideContract, type ClientRequest } from '../../../src/kata/index.js';
import type { Order } from '../contract.js';

/** `POST /orders`: 201, or 503 where nothing was taken. */
export function placing(process: number, order: Order, onTaken: () => void): ClientRequest {
  return {
    ...{ process, f: 'place', asked: order },
    ...{ method: 'POST', path: '/orders', body: order },
    read(answer) {
      const { status } = answer;
      const { id } = (answer.json() ?? {}) as { id?: unknown };
      if (status === 201 && id === order.id) {
        onTaken();
        return { outcome: 'ok', value: { status } };
      }
      if (status === 503) return { outcome: 'fail', value: { reason: 'unavailable' } };
      return outsideContract(answer, `201 {"id": "${order.id}"} or 503`);
    },
  };
}

/** What is no order, each in one way. */
export const nonsense: readonly ClientRequest[] = [
  refusing('no JSON', { rawBody: '{"id": "o-nonsense-1", "customer": ' }),
  refusing('no id', { body: { customer: 'c-nonsense', amount: 1 } }),
  refusing('an id that is no text', { body: { id: 7, customer: 'c-nonsense', amount: 1 } }),
  refusing('no customer', { body: { id: 'o-nonsense-2', amount: 1 } }),
  refusing('no amount', { body: { id: 'o-nonsense-3', customer: 'c-nonsense' } }),
  refusing('an amount of 0', { body: { id: 'o-nonsense-4', customer: 'c-nonsense', amount: 0 } }),
  refusing('half an amount', { body: { id: 'o-nonsense-5', customer: 'c-nonsense', amount: 1.5 } }),
  refusing('an amount as text', {
    body: { id: 'o-nonsense-6', customer: 'c-nonsense', amount: '12' },
  }),
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
