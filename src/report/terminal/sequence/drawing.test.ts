import { describe, expect, it } from 'vitest';
import type { Sequence, Step } from '../../../kata/sequence/index.js';
import { drawSequence } from './drawing.js';

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

describe('the drawing of a sequence', () => {
  it('has a lane for each who takes part, and an arrow from whom to whom', () => {
    expect(drawSequence('en', order, 80)).toEqual([
      '      ms client   order    payment  inventory',
      '     0.0 ├───────▶│        │        │           place',
      '     2.3 │        ■        │        │           orders PENDING',
      '     3.0 │◀╌╌╌╌╌╌╌┤        │        │           PENDING',
      '     4.0 │        ├───────▶│        │           OrderCreated',
      '    10.0 │        │        ✘        │           payment killed',
      '   890.0 │        │        ○        │           payment started',
      '   900.0 │        │◀───────│◀───────┤           StockRejected',
      '   910.0 │        ├──      │        │           OrderRejected (again)',
      '   920.0 │        ■        │        │           orders REJECTED out-of-stock',
    ]);
  });

  it('keeps within 80 columns, in Spanish too', () => {
    const lines = drawSequence('es', order, 80);
    expect(lines[0]).toContain('cliente');
    expect(lines.join('\n')).toContain('OrderRejected (otra vez)');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('tells each step in a line where there is no room for lanes', () => {
    const lines = drawSequence('en', order, 50);
    expect(lines[0]).toBe('     0.0 client → order: place');
    expect(lines.at(-2)).toBe('   910.0 order → nobody: OrderRejected (again)');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(50);
  });
});
