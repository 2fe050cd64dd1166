import { describe, expect, it } from 'vitest';
import { requestBytes } from './request.js';

describe('a request', () => {
  it('carries the length of its body in bytes', () => {
    const head = { method: 'POST', path: '/a?b=1', headers: { accept: '*/*' } };
    expect(requestBytes('h:1', head, 'ñ').toString()).toBe(
      'POST /a?b=1 HTTP/1.1\r\nhost: h:1\r\naccept: */*\r\ncontent-length: 2\r\n\r\nñ',
    );
  });

  it('without a body says so, save where none is expected', () => {
    expect(requestBytes('h', { method: 'PUT', path: '/' }).toString()).toContain(
      'content-length: 0',
    );
    expect(requestBytes('h', { method: 'GET', path: '/' }).toString()).toBe(
      'GET / HTTP/1.1\r\nhost: h\r\n\r\n',
    );
  });

  it.each([
    [{ method: 'GET', path: '/a b' }],
    [{ method: 'GET', path: '/\r\nx: y' }],
    [{ method: 'GE T', path: '/' }],
    [{ method: 'GET', path: '/', headers: { a: 'b\r\nc: d' } }],
    [{ method: 'GET', path: '/', headers: { 'a:': 'b' } }],
    [{ method: 'GET', path: '/', headers: { 'Content-Length': '3' } }],
  ])('is refused where it would arrive as another: %j', (head) => {
    expect(() => requestBytes('h', head)).toThrow(TypeError);
  });
});
