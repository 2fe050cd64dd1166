import { outsideContract, type ClientRequest } from '../../../src/kata/index.js';
import type { Asked } from '../notes.js';

/** The most that a column `integer` holds. */
const mostUnits = 2 ** 31 - 1;

/** `POST /purchases`: 201 sold, 409 sold out, 503 gave up after its retries. */
export function purchase(process: number, asked: Asked): ClientRequest {
  return {
    process,
    f: 'purchase',
    asked,
    method: 'POST',
    path: '/purchases',
    body: asked,
    read(answer) {
      const body = answer.json();
      const retries = numberIn(body, 'retries');
      const id = textIn(body, 'id');
      const stock = numberIn(body, 'stock');
      if (answer.status === 400 && asked.quantity > mostUnits)
        return { outcome: 'fail', value: { reason: 'no-purchase', retries: 0 } };
      if (retries !== undefined)
        switch (answer.status) {
          case 201:
            if (id === undefined || stock === undefined) break;
            return { outcome: 'ok', value: { id, stock, retries } };
          case 409:
            if (stock === undefined) break;
            return { outcome: 'fail', value: { reason: 'sold-out', stock, retries } };
          case 503:
            return { outcome: 'fail', value: { reason: 'gave-up', retries } };
        }
      return outsideContract(
        answer,
        '201 {"id": "…", "stock": 7, "retries": 0}, 409 {"stock": 0, "retries": 0} (sold out) or 503 {"retries": 50} (gave up)',
      );
    },
  };
}

/** What is no purchase: 400, whoever else would get it for something like it. */
export function noPurchase(process: number, rawBody: string): ClientRequest {
  return {
    process,
    f: 'purchase-none',
    asked: { body: rawBody },
    method: 'POST',
    path: '/purchases',
    rawBody,
    read: (answer) =>
      answer.status === 400
        ? { outcome: 'fail', value: { reason: 'no-purchase' } }
        : outsideContract(answer, '400 {"error": "…"}'),
  };
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null
    ? (body as Record<string, unknown>)[name]
    : undefined;
}

function numberIn(body: unknown, name: string): number | undefined {
  const value = fieldOf(body, name);
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** Ids may be numbers or texts: the database decides. */
function textIn(body: unknown, name: string): string | undefined {
  const value = fieldOf(body, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
