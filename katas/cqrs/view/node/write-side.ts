import { log } from '../../../kit/node/log.js';
import type { Reply, Routes } from '../../../kit/node/routes.js';

const withinMs = 5_000;

/** No view at all: the write side is asked each time. What it says is never old. */
export function writeSide(url: string): Promise<{ routes: Routes; close: () => Promise<void> }> {
  const ask = async (path: string): Promise<Reply> => {
    try {
      const signal = AbortSignal.timeout(withinMs);
      const answer = await fetch(`${url}${path}`, { signal });
      if (answer.status === 200) return { status: 200, body: await answer.json() };
      log('the write side answered', answer.status);
    } catch (error) {
      log('the write side does not answer:', error);
    }
    return { status: 503, body: { error: 'the write side does not answer' } };
  };
  const of = (customer: string): string => `/customers/${encodeURIComponent(customer)}`;
  return Promise.resolve({
    routes: {
      'GET /customers/{customer}/orders': (_, { customer = '' }) => ask(`${of(customer)}/orders`),
      'GET /customers/{customer}/summary': (_, { customer = '' }) => ask(`${of(customer)}/summary`),
    },
    close: () => Promise.resolve(),
  });
}
