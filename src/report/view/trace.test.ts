import { describe, expect, it } from 'vitest';
import { withoutStacks } from './trace.js';

const frames = Array.from({ length: 5 }, (_, at) => `    at step (/app/${at}.js:1:1)`);

describe('a line that names a request', () => {
  it('tells a stack by its first line', () => {
    const line = JSON.stringify({
      level: 'error',
      stack: ['Error: "no" room', ...frames].join('\n'),
      order: 'order-7',
    });
    expect(withoutStacks('en', line)).toBe(
      String.raw`{"level":"error","stack":"Error: \"no\" room … 5 more lines","order":"order-7"}`,
    );
  });

  it('keeps the last line where that says what went wrong', () => {
    const traceback = ['Traceback (most recent call last):', ...frames, 'ValueError: no room', ''];
    const told = withoutStacks('es', JSON.stringify({ error: traceback.slice(0, -1).join('\n') }));
    expect(told).toBe(
      '{"error":"Traceback (most recent call last): … 5 líneas más ValueError: no room"}',
    );
    expect(withoutStacks('es', JSON.stringify({ error: traceback.join('\n') }))).toContain(
      '… 6 líneas más"',
    );
  });

  it('leaves what is short as it is', () => {
    for (const line of ['{"message":"one\\ntwo\\nthree"}', 'no JSON at all', String.raw`a\nb`])
      expect(withoutStacks('en', line)).toBe(line);
  });
});
