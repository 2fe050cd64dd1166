import { expect, it } from 'vitest';
import { caseOf } from '../../../test/support/stored-run.js';
import type { Kata } from '../../kata/define.js';
import { matrixOf } from './matrix.js';
import { rowsOf } from './rows.js';

const kata = { strategies: {}, options: {}, columns: [] } as unknown as Kata;
const both = (text: string) => ({ en: text, es: `${text} (es)` });

/** A case that shows these rows, each with its own name as what is told. */
function showing(strategy: string, ...names: readonly string[]) {
  const cells = names.map((row) => ({
    ...{ row, title: both(`about ${row}`), mark: strategy, how: both('') },
  }));
  const exhibits = { column: both(strategy), cells, legend: both('a legend'), transcripts: [] };
  return caseOf({ strategy, slug: strategy, exhibits });
}

it('keeps the rows in the order of every column, also those that a later one has alone', () => {
  const cases = [
    showing('one', 'R1', 'T1', 'T5', 'M1'),
    showing('two', 'R1', 'T1', 'T2', 'T5', 'A1', 'M1', 'Z1'),
  ];
  const { rows = [] } = matrixOf('en', rowsOf(kata, cases)) ?? {};
  expect(rows.map(({ name }) => name)).toEqual(['R1', 'T1', 'T2', 'T5', 'A1', 'M1', 'Z1']);
  expect(rows[2]?.title).toBe('about T2');
  expect(rows[2]?.cells.map(({ text }) => text)).toEqual(['', 'two']);
  expect(rows[3]?.cells.map(({ text }) => text)).toEqual(['one', 'two']);
});

it('is none where no case has anything to show', () => {
  expect(matrixOf('en', rowsOf(kata, [caseOf()]))).toBeUndefined();
});
