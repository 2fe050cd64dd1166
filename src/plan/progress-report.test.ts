import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../base/package.js';
import type { CurriculumFile } from './curriculum-file.js';
import { allItems, toCurriculum } from './curriculum.js';
import { progressReport } from './progress-report.js';
import type { Progress } from './progress.js';

const file = path.join(packageRoot, 'fixtures', 'plan.yaml');
const curriculum = toCurriculum(parse(readFileSync(file, 'utf8')) as CurriculumFile);
const empty: Progress = { schema: 1, startedOn: null, locale: null, items: {}, katas: {} };
const figures = {
  run: 'results/kata-4/a',
  date: '2026-02-01',
  outcome: 'as-expected',
  verdict: 'holds',
  kind: 'own',
  language: 'go',
  strategy: 'atomic',
  options: {},
  n: 100,
  p50: 1,
  p95: 2,
  p99: 3,
  throughput: 4,
};

const reportOf = (progress: Partial<Progress>, today = '2026-02-02') =>
  progressReport({
    curriculum,
    progress: { ...empty, ...progress },
    states: new Map([['m2.b1.kata-4', 'fresh']]),
    today,
  });

describe('the report of progress', () => {
  it('without a start date has no pace, and begins at the beginning', () => {
    const report = reportOf({});
    expect(report.pace).toBeNull();
    expect(report.total).toEqual({ done: 0, total: allItems(curriculum).length - 6 });
    expect(report.next[0]).toMatchObject({ id: 'm1.b1.theory-1', due: undefined });
  });

  it('says how far behind one is, and what today asks for', () => {
    const report = reportOf({ startedOn: '2026-01-05' });
    expect(report.pace).toMatchObject({ phase: 'theory', week: 5, endsOn: '2026-06-21' });
    expect(report.pace?.standing.items).toBeLessThan(0);
    expect(report.next.length).toBeGreaterThan(0);
  });

  it('lists katas by their numbers, and leaves out those without a run', () => {
    const report = reportOf({
      katas: {
        'kata-10': { best: null, last: { ...figures, verdict: 'violated' } },
        'kata-4': { best: figures, last: figures },
        'kata-9': {},
      },
    });
    expect(report.katas.map(({ id }) => id)).toEqual(['kata-4', 'kata-10']);
    expect(report.katas[1]?.best).toBeNull();
  });

  it('tells what was proved from what was ticked by hand', () => {
    const report = reportOf({
      items: {
        'm2.b1.kata-4': {
          date: '2026-02-01',
          evidence: { by: 'run', run: 'r', implementation: { path: 'mine', hash: 'h' } },
        },
        'm2.b1.theory-1': { date: '2026-02-01', evidence: { by: 'hand' } },
        'm9.b9.other': { date: '2026-02-01', evidence: { by: 'hand' } },
      },
    });
    expect(report.proved).toMatchObject([{ id: 'm2.b1.kata-4', run: 'r', evidence: 'fresh' }]);
    expect(report).toMatchObject({ byHand: 1, unknown: ['m9.b9.other'] });
  });

  it('at the end asks for the final points, and then for nothing', () => {
    const done = (kinds: (kind: string) => boolean) =>
      Object.fromEntries(
        allItems(curriculum)
          .filter(({ kind }) => kinds(kind))
          .map(({ id }) => [id, { date: '2026-06-01' }]),
      );
    const almost = reportOf({ startedOn: '2026-01-05', items: done((kind) => kind !== 'final') });
    expect(almost.next.map(({ id }) => id)).toEqual(curriculum.final.items.map(({ id }) => id));
    const all = reportOf({ startedOn: '2026-01-05', items: done(() => true) });
    expect(all.next).toEqual([]);
    expect(all.total.done).toBe(all.total.total);
  });
});
