import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostileText, steering } from '../../../test/support/hostile.js';
import {
  hostileRecords,
  tameRecords,
  text,
  type HostileRecords,
} from '../../../test/support/hostile-records.js';
import { PlanError } from '../../base/errors.js';
import type { Locale } from '../../i18n/text.js';
import { comparisonOf } from '../view/comparison.js';
import { compareJson, reportComparison, reportImprovement, reportPage } from './compare.js';
import { improvementOf } from '../view/improvement.js';
import { reportDoctor } from './doctor.js';
import { letterJson, reportLetter } from './dlq/show.js';
import { lettersJson, reportLetters } from './dlq/list.js';
import { replayedJson, reportReplayed } from './dlq/replay.js';
import { reportFault } from './fault.js';
import { reportKatas } from './katas.js';
import { printJson } from './output.js';
import { reportProgress } from './progress.js';
import { reportProof } from './proof.js';
import { reportRecheck } from './recheck.js';
import { replayJson, reportReplay } from './replay.js';
import { progressOf } from './run-progress.js';
import { reportRun } from './run.js';
import { showKata } from './show.js';
import { forceColour } from './style.js';

const written: string[] = [];

vi.mock('node:fs', async (original) => ({
  ...(await original<object>()),
  writeSync: (_: number, bytes: Buffer) => {
    written.push(bytes.toString());
    return bytes.length;
  },
}));

beforeEach(() => void written.splice(0));
afterEach(() => {
  forceColour(undefined);
});

/** Everything that prints a record, as its command calls it. */
const reporters: Record<string, (locale: Locale, made: HostileRecords) => void> = {
  run: (locale, { kata, run }) =>
    reportRun(locale, { kata, folder: '/nowhere' }, run)(['kata-4'], { page: run.folder }),
  exhibits: (locale, { kata, exhibited }) =>
    reportRun(locale, { kata, folder: '/nowhere' }, exhibited)(undefined),
  recheck: (locale, { kata, run, some }) =>
    reportRecheck(locale, kata, run, [{ slug: some, before: 'holds', now: 'violated' }]),
  replay: (locale, { kata, run, some }) => {
    const was = { verdict: 'violated' as const, broken: [some] };
    const rates = [
      {
        slug: some,
        strategy: some,
        options: {},
        was,
        cameBack: 0,
        of: 1,
        outcomes: [{ ...was, broken: [], times: 1 }],
      },
    ];
    reportReplay(locale, kata, run, { rounds: [run], changed: [some] }, rates);
    replayJson(run, { rounds: [run], changed: [some] }, rates);
  },
  compare: (locale, { kata, run, some }) => {
    const compared = comparisonOf(kata, run);
    reportComparison(locale, { kata, folder: '/nowhere' }, run, compared);
    reportPage(locale, run, { written: { path: some }, root: '/', cwd: '/', page: some });
    const improvement = improvementOf(run, compared);
    reportImprovement(locale, improvement, [some]);
    compareJson(run, compared, { page: some, improvement, ticked: [some] });
  },
  'dlq list': (locale, { letter, some, other }) => {
    const others = [{ slug: other, count: 1 }];
    const listed = { kata: 'kata-8', run: some, slug: other, letters: [letter], others };
    reportLetters(locale, listed);
    lettersJson(listed);
  },
  'dlq show': (locale, { letter, log }) => {
    reportLetter(locale, { letter, log });
    letterJson({ letter, log });
  },
  'dlq replay': (locale, { run, some }) => {
    const outcomes = [
      { id: some, became: 'dead' as const, must: 'done' as const, attempts: 1, reason: some },
    ];
    reportReplayed(locale, { record: run, outcomes, mended: true, kept: 0 });
    replayedJson({ record: run, outcomes, mended: true, kept: 0 });
  },
  show: (locale, { kata, some, other }) =>
    showKata(
      locale,
      { kata, folder: '/nowhere', word: other },
      { locale: 'en', file: some, body: some, hints: [other] },
    ),
  report: (locale, { progress }) => reportProgress(locale, progress),
  list: (locale, { some }) =>
    reportKatas(
      locale,
      [
        {
          ...{ id: some, title: text(some), item: some, month: 1, block: some, weeks: [1, 2] },
          ...{ lab: undefined, done: true, date: some, evidence: 'gone' },
          last: { outcome: some, date: some, run: some },
        },
      ],
      { hasRoot: true },
    ),
  proof: (locale, { kata, some, other }) => {
    const proof = {
      ...{ name: some, kind: 'broken' as const, verdict: 'violated' as const, asWanted: false },
      wanted: { verdict: 'violated' as const, by: other, with: [some] },
      broken: [{ invariant: some, story: text(other) }],
      missing: [text(some)],
      error: { what: some, mend: other },
      run: other,
    };
    const texts = [{ field: some, problem: other }];
    reportProof(locale, [
      {
        ...{ kata: kata.id, word: some, title: text(other), texts, references: [proof] },
        ...{ twins: [proof], leftOut: [{ what: some, why: other }] },
      },
    ]);
  },
  doctor: (locale, { some, other }) =>
    reportDoctor(
      locale,
      [{ id: some, title: other, state: 'missing', detail: some, mend: other }],
      {
        json: false,
      },
    ),
  progress: (locale, { some, run }) => {
    const progress = progressOf(locale, false);
    progress.onProgress(some);
    progress.onNotice(some);
    progress.onEvent({ case: 0, at: 0, type: 'note', f: 'act-began', value: { act: some } });
    for (const one of run.cases) progress.onCase(one, 1);
    progress.done();
  },
  fault: (locale, { some, other }) => {
    reportFault(locale, new PlanError({ code: 'x', exit: 2, what: some, mend: other }), ['--json']);
    reportFault(locale, new Error(some), []);
  },
  json: (_, { run }) => printJson(run),
};

describe.each(Object.entries(reporters))('%s, whatever its record holds', (_, report) => {
  it.each(['es', 'en'] as const)('writes no control character but line ends (%s)', (locale) => {
    forceColour(false);
    fc.assert(
      fc.property(hostileRecords, (made) => {
        written.splice(0);
        report(locale, made);
        expect(steering(written.join(''))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('shows no mark of our own', () => {
    forceColour(true);
    const [made] = fc.sample(tameRecords, 1);
    if (made) report('en', made);
    expect(written.join('')).not.toMatch(/[␀-␡]|\\u\{/);
  });

  it('writes no style but our own, each of which ends on its line', () => {
    forceColour(true);
    fc.assert(
      fc.property(hostileRecords, (made) => {
        written.splice(0);
        report('en', made);
        for (const line of written.join('').split('\n')) {
          const codes = Array.from(line.matchAll(ownStyles), ([, code]) => Number(code));
          const open = codes.filter((code) => code < 20 || (code > 30 && code < 39));
          const closed = codes.filter((code) => !open.includes(code));
          expect(closed.length > 0 || open.length === 0).toBe(true);
          expect(steering(line.replace(ownStyles, ''))).toEqual([]);
        }
      }),
      { numRuns: 20 },
    );
  });
});

const ownStyles = /\u001b\[([1-4]|2[234]|3[12369])m/g;
describe('JSON', () => {
  it('reads back as what was printed', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, hostileText), (value) => {
        written.splice(0);
        printJson(value);
        expect(JSON.parse(written.join(''))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
