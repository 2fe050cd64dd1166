import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../base/package.js';
import { PlanError } from '../base/errors.js';
import type { CurriculumFile } from './curriculum-file.js';
import { allItems, toCurriculum } from './curriculum.js';
import { overviewOf } from './overview.js';
import type { Progress } from './progress.js';
import { resolveItems } from './resolve.js';

const file = path.join(packageRoot, 'fixtures', 'plan.yaml');
const curriculum = toCurriculum(parse(readFileSync(file, 'utf8')) as CurriculumFile);
const ids = (...words: string[]) => resolveItems(curriculum, words).map(({ id }) => id);
const fault = (word: string): PlanError => {
  try {
    ids(word);
  } catch (error) {
    if (error instanceof PlanError) return error;
  }
  throw new Error(`${word} was understood`);
};

it.each([
  ['m2.b1.kata-4', 'm2.b1.kata-4'],
  ['M2.B1.Kata-4', 'm2.b1.kata-4'],
  ['kata-4', 'm2.b1.kata-4'],
  ['4', 'm2.b1.kata-4'],
  ['b1.kata-4', 'm2.b1.kata-4'],
  ['kata-4.1', 'm2.b1.kata-4.1'],
  ['final.10', 'final.10'],
  ['m3.milestone', 'm3.milestone'],
])('%s means %s', (word, id) => {
  expect(ids(word)).toEqual([id]);
});

it('every id of the plan means itself', () => {
  const all = allItems(curriculum).flatMap((item) => [item, ...item.points]);
  expect(all.map(({ id }) => ids(id)[0])).toEqual(all.map(({ id }) => id));
});

it('keeps the order, each item once', () => {
  expect(ids('kata-5', 'kata-4', 'm2.b2.kata-5')).toEqual(['m2.b2.kata-5', 'm2.b1.kata-4']);
});

it('suggests the nearest of an unknown one', () => {
  expect(fault('kata-44')).toMatchObject({ code: 'unknown-item', exit: 2 });
  expect(fault('m2.b1.kata4').mend).toContain('m2.b1.kata-4');
  expect(fault('nothing at all like an id').mend).toContain('plan checklist');
});

it('names the candidates of an ambiguous one', () => {
  expect(fault('milestone')).toMatchObject({ code: 'ambiguous-item', exit: 2 });
  expect(fault('milestone').mend).toContain('m1.milestone, m2.milestone');
});

it('the overview counts every item once, and shows what it does not know', () => {
  const progress = {
    schema: 1,
    startedOn: null,
    locale: null,
    katas: {},
    items: {
      'm2.b1.kata-4': { date: '2026-02-01', evidence: { by: 'hand' } },
      'm2.milestone': { date: null, evidence: { by: 'hand' } },
      'm2.progress': { date: null, evidence: { by: 'hand' } },
      'final.1': { date: '2026-06-01' },
      'm9.b9.other': { date: '2026-06-01' },
      'm9.b9.note-only': { note: 'not done' },
    },
  } as unknown as Progress;
  const overview = overviewOf(curriculum, progress, new Map([['m2.b1.kata-4', 'stale']]));
  const [, second] = overview.months;
  expect(second).toMatchObject({ number: 2, done: 2, line: { done: true } });
  expect(second?.blocks[0]?.items.find(({ kata }) => kata === 'kata-4')).toMatchObject({
    done: true,
    evidence: 'stale',
    date: '2026-02-01',
  });
  expect(overview.final).toMatchObject({ done: 1, total: 10 });
  expect(overview.unknown).toEqual(['m9.b9.other']);
  // The months' own lines are not counted among their items.
  const total = overview.months.reduce((sum, month) => sum + month.total, 0);
  expect(total + 6 + 10).toBe(allItems(curriculum).length);
});
