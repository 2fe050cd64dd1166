import { describe, expect, it } from 'vitest';
import { caseOf, lessonCases, naiveCase, recordOf } from '../../../test/support/stored-run.js';
import type { Kata } from '../../kata/define.js';
import type { CaseRecord, RunRecord } from '../../kata/run-record.js';
import { chooseRuns, type Chosen } from './choose.js';

const kata = {
  defaultStrategy: 'naive',
  services: [],
  lesson: lessonCases().map(({ strategy, options }) => ({
    strategy,
    isolation: options['isolation'],
  })),
} as unknown as Kata;
const own = { ...caseOf().implementation, kind: 'own' as const, path: 'mine' };
const lesson = recordOf();
const single = recordOf({ startedAt: '2026-11-25T10:00:00.000Z', cases: [caseOf()] });
const mine = run([caseOf({ implementation: own })]);

describe('chooseRuns', () => {
  it('finds nothing where there are no runs, or none with figures', async () => {
    expect(await choose()).toBeUndefined();
    const interrupted = recordOf({ outcome: 'interrupted' });
    const failed = run([caseOf({ verdict: 'error', latency: null })]);
    expect(await choose(interrupted, failed)).toBeUndefined();
  });

  it('takes the latest lesson, also where a single case ran after it', async () => {
    const chosen = await choose(single, lesson, { ...lesson, seed: 8 });
    expect(chosen?.reference?.record).toBe(lesson);
    expect((await choose(single))?.reference?.record).toBe(single);
  });

  it('shows the cure with the lowest p99 of the lesson, and never the naive strategy', async () => {
    expect((await choose(lesson))?.key?.one.strategy).toBe('optimistic');
    const naiveOnly = run(lessonCases().filter(({ strategy }) => strategy === 'naive'));
    expect((await choose(naiveOnly))?.key?.one.strategy).toBe('naive');
    expect((await choose(run([naiveCase()])))?.key).toBeUndefined();
  });

  it('shows the cure that is taught last where no latency was measured', async () => {
    const unmeasured = lesson.cases.map((one) => ({ ...one, latency: null }));
    expect((await choose({ ...lesson, cases: unmeasured }))?.key?.one).toMatchObject({
      verdict: 'holds',
      strategy: unmeasured.findLast(({ verdict }) => verdict === 'holds')?.strategy,
    });
  });

  it("shows the learner's own where it held, and only there", async () => {
    expect((await choose(mine, lesson))?.key?.one.implementation.kind).toBe('own');
    const broken = run([{ ...naiveCase(), implementation: own }]);
    const chosen = await choose(broken, lesson);
    expect(chosen?.own?.record).toBe(broken);
    expect(chosen?.key?.one.strategy).toBe('optimistic');
    expect(chosen?.failures.map(({ one }) => one.implementation.kind)).toEqual([
      'reference',
      'own',
    ]);
  });

  it('tells the failure that the case is about before any other', async () => {
    const other = {
      ...naiveCase().findings[0],
      invariant: 'another',
    } as CaseRecord['findings'][number];
    const told = run([{ ...naiveCase(), findings: [other, ...naiveCase().findings] }]);
    expect((await choose(told))?.failures[0]?.finding.invariant).toBe('no-overselling');
  });
});

async function choose(...newestFirst: RunRecord[]): Promise<Chosen | undefined> {
  // eslint-disable-next-line @typescript-eslint/require-await -- stands for reading from a disk
  async function* stored() {
    for (const record of newestFirst) yield { folder: record.folder, record };
  }
  return chooseRuns(kata, stored());
}

function run(cases: CaseRecord[]): RunRecord {
  return recordOf({ cases });
}
