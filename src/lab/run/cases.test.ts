import { expect, it } from 'vitest';
import { defineKata } from '../../kata/define.js';
import { planCases, type RunRequest } from './cases.js';

const text = { en: 'x', es: 'x' };
const act = { title: text, breaks: [], covers: [] };
const kata = defineKata({
  ...{ id: 'shop', title: text, conditions: () => text, services: [], options: {}, columns: [] },
  ...{ languages: ['node'], defaultStrategy: 'naive' },
  strategies: { naive: text, right: text },
  lesson: [{ strategy: 'naive' }, { strategy: 'right' }],
  lessonActs: (strategy) => (strategy === 'naive' ? ['crash'] : undefined),
  expect: (strategy) =>
    strategy === 'naive' ? { verdict: 'violated', by: 'kept' } : { verdict: 'holds' },
  acts: { load: act, crash: act },
  experiment: () => Promise.resolve(),
  check: () => ({ findings: [], coverage: [], figures: {} }),
});

const reference = { kind: 'reference', language: 'node' } as const;
const planned = (request: Partial<RunRequest>) =>
  planCases(
    kata,
    { ...{ strategy: undefined, language: undefined, own: undefined }, ...common, ...request },
    reference,
  ).map(({ strategy, acts, taught, expected }) => ({ strategy, acts, taught, expected }));
const common = { options: {}, seed: 1, repeat: 1 };

it('takes each strategy of the lesson through what it is about, and expects all of it', () => {
  expect(planned({})).toEqual([
    {
      ...{ strategy: 'naive', acts: ['crash'], taught: true },
      expected: { verdict: 'violated', by: 'kept' },
    },
    { strategy: 'right', expected: { verdict: 'holds' } },
  ]);
});

it('takes one that is named through all, or through what is asked for', () => {
  const [whole] = planned({ strategy: 'naive' });
  expect(whole).toMatchObject({ acts: undefined, taught: undefined });
  const [part] = planned({ strategy: 'naive', acts: ['load'] });
  expect(part).toMatchObject({ acts: ['load'], expected: { partly: true } });
  expect(part?.taught).toBeUndefined();
});
