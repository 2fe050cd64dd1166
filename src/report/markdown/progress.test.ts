import { expect, it } from 'vitest';
import { progressMarkdown } from './progress.js';
import type { ProgressView } from '../view/progress.js';

const text = (words: string) => ({ es: words, en: words });
const figures = {
  run: 'results/kata-4/a',
  date: '2026-02-01',
  verdict: 'holds',
  kind: 'own',
  language: 'go',
  strategy: 'atomic',
  options: { isolation: 'read-committed', buyers: 100 },
  n: 100,
  p50: 12.34,
  p95: 30,
  p99: null,
  throughput: 812.3,
};
const view: ProgressView = {
  title: text('Plan'),
  date: '2026-02-02',
  startedOn: null,
  total: { done: 1, total: 3 },
  months: [{ number: 1, title: text('Either | or'), done: 1, total: 3 }],
  final: { title: text('Final'), done: 0, total: 0 },
  pace: null,
  katas: [
    { id: 'kata-4', label: text('Kata 4'), best: figures, last: figures },
    { id: 'kata-5', label: undefined, best: null, last: { ...figures, verdict: 'violated' } },
  ],
  proved: [],
  byHand: 1,
  unknown: [],
  next: [],
  leftOver: 0,
};

it('is a document whose tables hold together', () => {
  const document = progressMarkdown('en', view);
  expect(document).toContain('| 1 · Either \\| or | 1/3 | 33 % |');
  expect(document).toContain(
    '| Kata 4 | you | atomic | go | isolation read-committed, buyers 100 | 100 | 12 | 30 | – | 812 |',
  );
  expect(document).toContain('| kata-5 | none held yet |');
  const cells = (line: string) => line.replaceAll('\\|', '').split('|').length;
  for (const table of document.split('\n\n').filter((part) => part.startsWith('|')))
    expect(new Set(table.split('\n').map(cells)).size).toBe(1);
  expect(document.endsWith('\n')).toBe(true);
  expect(document).not.toContain('undefined');
});

it('speaks Spanish', () => {
  expect(progressMarkdown('es', view)).toMatch(
    /## Progreso por mes[^]*ninguna se cumple aún[^]*violado/,
  );
});

it.each([
  [{ items: 3, days: 5 }, 'Ahead by 3 items (5 days).'],
  [{ items: -1, days: -1 }, 'Behind by 1 item (1 day).'],
  [{ items: 0, days: 0 }, 'On pace.'],
])('tells the pace: %o', (standing, sentence) => {
  const pace = {
    phase: 'theory',
    week: 5,
    weeks: 24,
    block: text('Persistence'),
    weekOne: '2026-01-05',
    endsOn: '2026-06-21',
    standing,
  };
  expect(progressMarkdown('en', { ...view, startedOn: '2026-01-05', pace })).toContain(
    `Week 5 of 24: Persistence. ${sentence} From 2026-01-05 to 2026-06-21.`,
  );
});
