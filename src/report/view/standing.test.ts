import { expect, it } from 'vitest';
import { followStanding, type CaseBegun } from './standing.js';

const act = (en: string, ...breaks: string[]) => ({
  ...{ title: { en, es: `${en} (es)` }, breaks, covers: [] },
});
const requirement = (...rules: string[]) => ({ title: { en: '', es: '' }, item: 'm1', rules });
const kata: CaseBegun['kata'] = {
  acts: {
    calm: act('a calm day', 'one'),
    flood: act('a flood', 'one', 'two'),
    end: act('the end'),
  },
  requirements: [requirement('one'), requirement('two', 'three'), requirement('four')],
};

/** What is told as these acts are played, one after the other. */
function told(planned: CaseBegun['planned'], of: CaseBegun['kata'], ...played: readonly string[]) {
  const follow = followStanding('en', { kata: of, planned });
  return played.flatMap((name) =>
    ['act-began', 'act-ended'].flatMap(
      (f) => follow({ case: 0, at: 0, type: 'note', f, value: { act: name } }) ?? [],
    ),
  );
}

it('tells as each act begins how much has tried each requirement', () => {
  expect(told({ index: 0 }, kata, 'calm', 'flood', 'end')).toEqual([
    '  act 1/3: a calm day  ·  acts that tried each requirement: R1 0/2, R2 0/1',
    '  act 2/3: a flood  ·  acts that tried each requirement: R1 1/2, R2 0/1',
    '  act 3/3: the end  ·  acts that tried each requirement: R1 2/2, R2 1/1',
  ]);
});

it('counts those acts alone that were asked for', () => {
  expect(told({ index: 0, acts: ['flood'] }, kata, 'flood')).toEqual([
    '  act 1/1: a flood  ·  acts that tried each requirement: R1 0/1, R2 0/1',
  ]);
});

it('tells nothing of a kata without requirements, of other notes and of another case', () => {
  expect(told({ index: 0 }, { acts: {} }, 'calm')).toEqual([]);
  expect(told({ index: 1 }, kata, 'calm')).toEqual([]);
  const follow = followStanding('en', { kata, planned: { index: 0 } });
  expect(follow({ case: 0, at: 0, type: 'note', f: 'final', value: null })).toBeUndefined();
});
