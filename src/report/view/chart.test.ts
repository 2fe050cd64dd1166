import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseOf } from '../../../test/support/stored-run.js';
import { defineKata } from '../../kata/define.js';
import type { Chart } from '../../kata/exhibits.js';
import { choice } from '../../kata/options.js';
import { rowsOf } from './rows.js';
import { renderCharts } from './chart.js';

const text = (en: string) => ({ en, es: en });

const kata = defineKata({
  id: 'lost-likes',
  title: text('Lost likes'),
  conditions: () => text(''),
  services: [],
  strategies: { naive: text('naive'), spread: text('spread') },
  languages: [],
  options: {
    wait: choice(['here', 'over-there'], { default: 'here', picksCase: true, help: text('') }),
  },
  lesson: [{ strategy: 'naive' }],
  defaultStrategy: 'naive',
  expect: () => ({ verdict: 'holds' }),
  columns: [],
  experiment: () => Promise.resolve(),
  check: () => ({ findings: [], coverage: [], figures: {} }),
});

const chartOf = (counts: readonly number[], changes: Partial<Chart> = {}): Chart => ({
  title: text('Calls'),
  stepMs: 10,
  counts,
  ...changes,
});

const drawn = (width: number, ...charts: (Chart | undefined)[]): string[] => {
  const cases = charts.map((chart, at) =>
    caseOf({
      strategy: at === 0 ? 'naive' : 'spread',
      options: { wait: at === 0 ? 'here' : 'over-there' },
      ...(chart && { chart }),
    }),
  );
  return renderCharts('en', kata, rowsOf(kata, cases), width).join('\n\n').split('\n');
};

describe('charts', () => {
  it('stand one below the other, on one scale, with what went on and the time', () => {
    const down = { name: text('down'), from: 0, to: 3 };
    const naive = chartOf([0, 0, 0, 0, 24, 12, 0, 0, 0, 0, 0, 0], { span: down });
    const spread = chartOf([0, 0, 0, 0, 8, 4, 2, 1, 0, 1, 0, 0], { span: down });
    expect(drawn(80, naive, spread)).toEqual([
      '  Calls: 10 ms a column',
      '',
      '                  █',
      '  naive           █▄',
      '  here        ····██······  at most 24',
      '',
      '  spread',
      '  over there  ····█▄▂▁·▁··  at most 8',
      '              ├──┤ down',
      '              0 ms  120 ms',
    ]);
  });

  it('take several steps together where the terminal is narrow', () => {
    const counts = Array.from({ length: 48 }, () => 1);
    const lines = drawn(60, chartOf(counts));
    expect(lines[0]).toBe('  Calls: 20 ms a column');
    expect(lines).toContain(`  here   ${'█'.repeat(24)}  at most 2`);
  });

  it('are none where no case has one, and leave out those that have none', () => {
    expect(drawn(80, undefined, undefined)).toEqual(['']);
    expect(drawn(80, undefined, chartOf([1])).join('\n')).not.toContain('naive');
  });

  it('show every count that is not zero, and nothing wider than the terminal', () => {
    const counts = fc.array(fc.nat(500), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 60, max: 200 }), (some, width) => {
        const lines = drawn(width, chartOf(some));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        const lowest = lines.find((line) => line.startsWith('  here')) ?? '';
        const bars = lowest.slice('  naive  '.length).split('  at most')[0] ?? '';
        if (bars.length === some.length)
          expect(Array.from(bars).map((bar) => bar !== '·')).toEqual(
            some.map((count) => count > 0),
          );
      }),
    );
  });
});
