import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskText, maskUrl } from './mask.js';

it('masks the password of a URL and nothing else', () => {
  expect(maskUrl('postgresql://anna:secret@db:5432/shop?sslmode=require')).toBe(
    'postgresql://anna:***@db:5432/shop?sslmode=require',
  );
  expect(maskUrl('postgres://db/shop?password=secret')).toBe('postgres://db/shop?password=***');
  expect(maskUrl('postgres://anna@db/shop')).toBe('postgres://anna@db/shop');
  expect(maskUrl('secret, not a URL')).toBe('***');
});

it('leaves no password in a URL or in a text with one', () => {
  const password = fc.stringMatching(/^[a-zA-Z0-9_-]{12,24}$/);
  fc.assert(
    fc.property(password, (secret) => {
      const url = `postgres://anna:${secret}@db:5432/shop`;
      expect(maskUrl(url)).not.toContain(secret);
      expect(maskText(`cannot reach ${url}, sorry`)).toBe(
        'cannot reach postgres://anna:***@db:5432/shop, sorry',
      );
    }),
  );
});
