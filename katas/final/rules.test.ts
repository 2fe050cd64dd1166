import { expect, it } from 'vitest';
import { acts } from './contract.js';
import { requirements } from './requirements.js';

it('belongs to one requirement, each rule that an act can break', () => {
  const owned = requirements.flatMap(({ rules }) => rules);
  expect(new Set(owned).size).toBe(owned.length);
  const breakable = new Set(Object.values(acts).flatMap(({ breaks }) => breaks));
  expect([...breakable].sort()).toEqual([...owned].sort());
});
