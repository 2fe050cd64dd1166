import { describe, expect, it } from 'vitest';
import { outside, type Talk } from '../view/architecture.js';
import { architectureOf } from './architecture.js';

describe('the architecture in Mermaid', () => {
  const talks: Talk[] = [
    { kind: 'asks', from: 'client', to: 'orders', what: 'place', count: 2 },
    { kind: 'tells', from: 'orders', to: 'payments', queue: 'pay', what: 'Pay', count: 3 },
    { kind: 'tells', from: 'orders', to: 'payments', queue: 'pay', what: 'Refund', count: 1 },
    { kind: 'asks', from: 'payments', to: outside, what: 'POST /charges', count: 3 },
  ];

  it('has a box a service, a queue between them, and figures on the arrows', () => {
    expect(architectureOf('en', talks).split('\n')).toEqual([
      'flowchart LR',
      '  s0["client"]',
      '  s1["orders"]',
      '  s2["payments"]',
      '  s3{{"what you do not run"}}',
      '  q0[("queue pay")]',
      '  s0 -->|"place ×2"| s1',
      '  s1 -.->|"Pay ×3<br/>Refund ×1"| q0',
      '  s2 -->|"POST /charges ×3"| s3',
      '  q0 -.-> s2',
    ]);
    expect(architectureOf('es', talks)).toContain('q0[("cola pay")]');
  });

  it('takes no name for syntax, and ends a long list', () => {
    const hostile = `"]|--> x\n%%{init}@`;
    const many = Array.from({ length: 20 }, (_, n) => ({
      ...{ kind: 'asks' as const, from: hostile, to: 'orders', what: `w${n}`, count: 1 },
    }));
    const drawn = architectureOf('en', [
      ...many,
      { kind: 'tells', from: hostile, to: hostile, queue: hostile, what: hostile, count: 1 },
    ]);
    const text = String.raw`(?:[^#;%<>"|{}\n]|#\d+;|<br/>)+`;
    const line = new RegExp(
      `^  (?:[sq]\\d+(?:\\["${text}"\\]|\\[\\("${text}"\\)\\])|[sq]\\d+ -\\.?->(?:\\|"${text}"\\|)? [sq]\\d+)$`,
    );
    for (const one of drawn.split('\n').slice(1)) expect(one).toMatch(line);
    expect(drawn).toContain('… 8 more');
  });
});
