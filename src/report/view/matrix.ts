import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Cell, Exhibits } from '../../kata/exhibits.js';
import type { RunRow } from './rows.js';

/** A row of the matrix; its last one holds the verdicts. */
export interface MatrixRow {
  readonly name: string;
  readonly title: string;
  /** One for each column. */
  readonly cells: readonly MatrixCell[];
}

export interface MatrixCell {
  readonly text: string;
  readonly isWrong: boolean;
}

/** A column of the matrix: a case, or the repetitions of one. */
export interface MatrixColumn {
  readonly head: string;
  readonly row: RunRow;
}

export interface Matrix {
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly MatrixRow[];
  readonly legend: string;
}

/** The cases of a run side by side; undefined where none has anything to show. */
export function matrixOf(locale: Locale, rows: readonly RunRow[]): Matrix | undefined {
  const shown = rows.flatMap((row) => {
    const all = row.cases.flatMap(({ exhibits }) => exhibits ?? []);
    return all[0] ? [{ row, all, first: all[0] }] : [];
  });
  const [one] = shown;
  if (!one) return undefined;
  const cells = shown.flatMap(({ all }) => all.flatMap((exhibits) => exhibits.cells));
  const titles = new Map(cells.map(({ row, title }) => [row, title[locale]]));
  return {
    columns: shown.map(({ row, first }) => ({ head: first.column[locale], row })),
    rows: inOrder(shown.flatMap(({ all }) => all)).map((name) => ({
      name,
      title: titles.get(name) ?? '',
      cells: shown.map(({ all }) => cellIn(locale, all, name)),
    })),
    legend: one.first.legend[locale],
  };
}

/** What only a later column has stands behind what it stands behind there. */
function inOrder(all: readonly Exhibits[]): string[] {
  const names: string[] = [];
  for (const { cells } of all) {
    let next = 0;
    for (const { row } of cells) {
      const at = names.indexOf(row);
      if (at === -1) names.splice(next, 0, row);
      next = (at === -1 ? next : at) + 1;
    }
  }
  return names;
}

/** Whether the usual table is told beside the matrix. */
export const tellsFigures = (rows: readonly RunRow[]): boolean =>
  rows.some(({ cases }) => cases.some(({ exhibits }) => exhibits?.withFigures));

/** Of repetitions that differ, each with its count. */
function cellIn(locale: Locale, all: readonly Exhibits[], name: string): MatrixCell {
  const found = all.flatMap(({ cells }) => cells.filter(({ row }) => row === name));
  const counts = new Map<string, number>();
  for (const cell of found) {
    const text = textOf(locale, cell);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const t = runTexts[locale];
  const told = [...counts].map(([text, count]) =>
    counts.size > 1 ? `${text} (${t.times(count, found.length)})` : text,
  );
  return {
    text: told.join(', '),
    isWrong: found.some(({ insteadOf }) => insteadOf !== undefined),
  };
}

function textOf(locale: Locale, { mark, how, insteadOf }: Cell): string {
  const word = how[locale];
  const text = word === '' ? mark : `${mark} ${word}`;
  return insteadOf === undefined ? text : `${text} (≠ ${insteadOf})`;
}
