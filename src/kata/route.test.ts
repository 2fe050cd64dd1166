import { describe, expect, it } from 'vitest';
import { isOnRoute, routeIn } from './route.js';

describe('a route of a contract', () => {
  it.each([
    ['POST /purchases', '/purchases'],
    ['GET  /accounts/a-1', '/accounts/{account}'],
    ['POST /accounts/a-1/deposits       {"amount": 5}', '/accounts/{account}/deposits'],
    ['GET /accounts/{id}', '/accounts/{id}'],
    ['GET /v1/orders/o-17', '/v1/orders/{order}'],
  ])('%s', (line, path) => {
    expect(routeIn(line)?.path).toBe(path);
  });

  it.each(['{"amount": 5}', 'POST {UPSTREAM_URL}/confirmations', 'Done.'])('is not: %s', (line) => {
    expect(routeIn(line)).toBeUndefined();
  });

  it('takes the requests of its form and no others', () => {
    const route = { method: 'POST', path: '/accounts/{account}/deposits' };
    expect(isOnRoute(route, '/accounts/a-7/deposits')).toBe(true);
    expect(isOnRoute(route, '/accounts/a-7')).toBe(false);
    expect(isOnRoute(route, '/accounts/a-7/withdrawals')).toBe(false);
  });
});
