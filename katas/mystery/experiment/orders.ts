import { outsideContract, type ClientRequest } from '../../../src/kata/index.js';
import { goods } from '../contract.js';
import type { Sent } from '../notes.js';

/** The most parcels of an order. */
const most = 30;

/** The n-th: goods in turn, from one parcel to many, so that neither goes with the time. */
export function orderAt(n: number): Sent {
  const order = `order-${String(n).padStart(5, '0')}`;
  return { order, sku: goods[n % goods.length] ?? goods[0], quantity: 1 + ((n * 7) % most) };
}

export function placing(process: number, sent: Sent): ClientRequest {
  const { order, sku, quantity } = sent;
  return {
    ...{ process, role: 'api', f: 'place', asked: sent, method: 'POST', path: '/orders' },
    body: { id: order, sku, quantity },
    read(answer) {
      const { id } = (answer.json() ?? {}) as { id?: unknown };
      if (answer.status === 202 && id === order) {
        const given = answer.headers['x-request-id'];
        const requestId = typeof given === 'string' ? given : null;
        return { outcome: 'ok', value: { id: order, requestId } };
      }
      if (answer.status === 503) return { outcome: 'fail', value: { reason: 'unavailable' } };
      return outsideContract(answer, `202 {"id": "${order}"}, or 503`);
    },
  };
}
