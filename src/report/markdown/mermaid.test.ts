import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sequence, Step } from '../../kata/sequence/index.js';
import { mermaidOf } from './mermaid.js';

const step = (ms: number, rest: object): Step => ({ at: ms * 1000, line: 1, ...rest }) as Step;

const order: Sequence = {
  ...{ subject: 'o-1', end: 'orders REJECTED out-of-stock' },
  lanes: ['client', 'order', 'payment', 'inventory'],
  steps: [
    step(10, { kind: 'asks', from: 'client', to: ['order'], what: 'place' }),
    step(12.34, { kind: 'does', role: 'order', what: 'orders PENDING' }),
    step(13, { kind: 'answers', from: 'order', to: ['client'], what: 'PENDING' }),
    step(14, { kind: 'tells', from: 'order', to: ['payment'], what: 'OrderCreated' }),
    step(20, { kind: 'suffers', role: 'payment', what: 'killed' }),
    step(900, { kind: 'suffers', role: 'payment', what: 'started' }),
    step(910, {
      kind: 'tells',
      from: 'inventory',
      to: ['order', 'payment'],
      what: 'StockRejected',
    }),
    step(920, { kind: 'tells', from: 'order', to: [], what: 'OrderRejected', again: true }),
    step(930, { kind: 'does', role: 'order', what: 'orders REJECTED out-of-stock' }),
  ],
};

/** The part of Mermaid's grammar that we write; whoever writes more extends it. */
const text = String.raw`(?:[^#;%<>"\x60:{}\n]|#\d+;)+`;
const grammar = [
  String.raw`  participant p\d+ as ${text}`,
  String.raw`  p\d+(?:->>|-->>|-\))p\d+: ${text}`,
  String.raw`  Note over p\d+(?:,p\d+)?: ${text}`,
].map((line) => new RegExp(`^${line}$`, 'u'));

function breaches(mermaid: string): string[] {
  const [head = '', ...lines] = mermaid.split('\n');
  const lanes = lines.filter((line) => line.startsWith('  participant')).length;
  const wrong = lines.filter((line) => !grammar.some((one) => one.test(line)));
  const unknown = lines.filter((line) =>
    [...line.replace(/ as .*|: .*/, '').matchAll(/\bp(\d+)/g)].some(([, n]) => Number(n) >= lanes),
  );
  return [...(head === 'sequenceDiagram' ? [] : [head]), ...wrong, ...unknown];
}

describe('the Mermaid of a sequence', () => {
  it('says who called, answered and told whom', () => {
    expect(mermaidOf('en', order).split('\n')).toEqual([
      'sequenceDiagram',
      '  participant p0 as client',
      '  participant p1 as order',
      '  participant p2 as payment',
      '  participant p3 as inventory',
      '  p0->>p1: place',
      '  Note over p1: orders PENDING',
      '  p1-->>p0: PENDING',
      '  p1-)p2: OrderCreated',
      '  Note over p2: payment killed',
      '  Note over p2: payment started',
      '  p3-)p1: StockRejected',
      '  p3-)p2: StockRejected',
      '  Note over p1: OrderRejected (again)',
      '  Note over p1: orders REJECTED out-of-stock',
    ]);
    expect(breaches(mermaidOf('en', order))).toEqual([]);
  });

  it('is within its grammar whatever roles, messages and answers are called', () => {
    const word = fc.string({ unit: 'binary', maxLength: 8 });
    const lane = fc.constantFrom('client', 'end', 'a b', ';', 'x\ny');
    const anyStep = fc.oneof(
      fc.record({
        kind: fc.constantFrom('asks' as const, 'answers' as const, 'tells' as const),
        ...{ from: lane, to: fc.array(lane, { maxLength: 2 }), what: word },
        ...{ at: fc.nat(), line: fc.nat() },
      }),
      fc.record({
        kind: fc.constantFrom('does' as const, 'suffers' as const),
        ...{ role: lane, what: word, at: fc.nat(), line: fc.nat() },
      }),
    );
    fc.assert(
      fc.property(
        fc.array(anyStep, { maxLength: 6 }),
        fc.uniqueArray(lane, { minLength: 1 }),
        (steps, lanes) => breaches(mermaidOf('es', { subject: 'o', lanes, steps })).length === 0,
      ),
    );
  });
});
