import fc from 'fast-check';
import type { Kata } from '../../src/kata/define.js';
import type { CaseRecord } from '../../src/kata/run-record.js';
import { hostileOf, hostileText } from './hostile.js';
import { caseOf, lessonCases, naiveCase, recordOf } from './stored-run.js';

export const text = (words: string) => ({ es: words, en: words });
const kata = {
  id: 'kata-4',
  title: text('Over-selling'),
  conditions: () => text('few'),
  services: ['postgres'],
  strategies: { naive: text('naive') },
  languages: ['node'],
  options: {
    isolation: { kind: 'choice', choices: ['a'], default: 'a', picksCase: true, help: text('x') },
  },
  lesson: [{ strategy: 'naive' }],
  columns: [{ figure: 'sold', head: text('sold') }],
  defaultStrategy: 'naive',
};
const functions = { conditions: () => text('few'), servicesFor: undefined };

/** A case with everything that a case may have. */
const cases: readonly CaseRecord[] = [
  naiveCase(),
  caseOf({ verdict: 'violated', asExpected: false, findings: naiveCase().findings }),
  caseOf({
    verdict: 'inconclusive',
    asExpected: false,
    coverage: [{ condition: 'overlap', met: false, story: text('none overlapped') }],
  }),
  caseOf({
    verdict: 'error',
    asExpected: false,
    latency: null,
    error: { code: 'not-healthy', exit: 1, what: 'no answer', mend: 'look at its log' },
  }),
  caseOf({
    implementation: { ...caseOf().implementation, kind: 'own', path: 'mine' },
    chart: {
      title: text('sent'),
      stepMs: 5,
      counts: [1, 2],
      span: { name: text('x'), from: 0, to: 1 },
    },
    timeline: {
      ...{ fromMs: 0, slotMs: 5, slots: 4, scheduled: true },
      faults: [{ what: 'killed', target: 'database', fromMs: 0, untilMs: null }],
    },
    generator: {
      ...{ bound: true, boundBy: ['cpu'], utilisation: 1, lagP99: 1, unsent: 1 },
      limits: [{ what: 'files', mend: 'ulimit' }],
    },
  }),
];
const shownCase = caseOf({
  exhibits: {
    column: text('read committed'),
    cells: [{ row: 'P4', title: text('lost update'), mark: '✓', how: text('x'), insteadOf: '–' }],
    legend: text('legend'),
    transcripts: [
      {
        ...{ row: 'P4', title: text('lost'), parties: [text('A'), text('B')], told: true },
        moments: [{ party: 0, said: [{ kind: 'does', text: text('BEGIN') }] }],
        meaning: text('meaning'),
      },
    ],
  },
});
const run = recordOf({ cases: [...lessonCases(), ...cases] });
const exhibited = recordOf({ cases: [shownCase] });
const letter = {
  ...{ n: 1, id: 'm-1', reason: 'poison', foundOn: 9, publishedOn: 1 },
  body: { card: 'x', more: ['y'] },
  headers: { 'x-attempts': 'many', other: 'x' },
  deaths: [{ queue: 'q', exchange: 'e', reason: 'rejected' as const, count: 1, keys: ['k'] }],
  attempts: [{ at: '2026-11-24T10:15:02.123Z', line: 2, answer: text('refused') }],
  origin: { folder: 'results/x', slug: 'slug' },
};
const progress = {
  ...{ title: text('Plan'), date: '2026-02-02', startedOn: '2026-01-01' },
  total: { done: 1, total: 3 },
  months: [{ number: 1, title: text('month'), done: 1, total: 3 }],
  final: { title: text('Final'), done: 0, total: 0 },
  pace: null,
  katas: [{ id: 'kata-4', label: text('Kata 4'), best: figures(), last: figures() }],
  proved: [
    {
      ...{ id: 'kata-4', label: text('Kata 4'), kata: 'kata-4', date: '2026-02-01' },
      ...{ evidence: 'stale' as const, run: 'results/x', implementation: 'mine' },
    },
  ],
  byHand: 1,
  unknown: ['other'],
  next: [{ id: 'm1', label: text('read'), kata: undefined, due: '2026-02-03' }],
  leftOver: 1,
};

function figures() {
  return {
    ...{ run: 'results/kata-4/a', date: '2026-02-01', verdict: 'holds', kind: 'own' },
    ...{ language: 'go', strategy: 'atomic', options: { isolation: 'x' } },
    ...{ n: 100, p50: 1, p95: 2, p99: 3, throughput: 4 },
  };
}

/** One of each record that a command tells, every text in it hostile. */
export const hostileRecords = recordsOf(hostileOf, hostileText);

/** The same, and nothing in it that means ill. */
export const tameRecords = recordsOf(fc.constant, fc.constant('word'));

export type HostileRecords = typeof hostileRecords extends fc.Arbitrary<infer T> ? T : never;

function recordsOf(of: <T>(record: T) => fc.Arbitrary<T>, words: fc.Arbitrary<string>) {
  return fc
    .record({
      kata: of(kata),
      run: of(run),
      exhibited: of(exhibited),
      letter: of(letter),
      log: of([{ line: 3, text: 'log' }]),
      progress: of(progress),
      some: words,
      other: words,
    })
    .map((made) => ({ ...made, kata: { ...made.kata, ...functions } as unknown as Kata }));
}
