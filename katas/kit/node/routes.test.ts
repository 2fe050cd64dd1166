import { describe, expect, it } from 'vitest';
import { router, type Handler } from './routes.js';

const deposit: Handler = () => Promise.resolve({ status: 200, body: 'deposit' });
const balance: Handler = () => Promise.resolve({ status: 200, body: 'balance' });
const find = router({
  'POST /accounts/{account}/deposits': deposit,
  'GET /accounts/{account}': balance,
});

describe('router', () => {
  it('finds by method and path, and reads the parameters', () => {
    expect(find('POST', '/accounts/a-1/deposits')).toEqual({
      route: 'POST /accounts/{account}/deposits',
      handle: deposit,
      parameters: { account: 'a-1' },
    });
    expect(find('GET', '/accounts/a-1?fresh=1')?.handle).toBe(balance);
  });

  it.each([
    ['GET', '/accounts/a-1/deposits'],
    ['POST', '/accounts/a-1/deposits/'],
    ['POST', '/accounts//deposits'],
    ['GET', '/accounts'],
    ['GET', ''],
  ])('finds nothing for %s %s', (method, url) => {
    expect(find(method, url)).toBeUndefined();
  });

  it('decodes a parameter, and takes a broken escape as it is', () => {
    expect(find('GET', '/accounts/caf%C3%A9%2F1')?.parameters).toEqual({ account: 'café/1' });
    expect(find('GET', '/accounts/100%')?.parameters).toEqual({ account: '100%' });
  });
});
