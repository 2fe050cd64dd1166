import chalk from 'chalk';
import Table from 'cli-table3';
import { stripVTControlCharacters } from 'node:util';

export interface TableColumn<Row> {
  readonly head: string;
  readonly align?: 'left' | 'right';
  /** 0 stays whatever the width; higher numbers move to the second table first. */
  readonly rank: number;
  readonly cell: (row: Row) => string;
}

const gap = 2;
const indent = 2;

/**
 * Rows as a borderless table. Columns that a narrow terminal has no room for, the highest ranks
 * first, follow in a second table that repeats those of rank 0.
 */
export function renderTable<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  width: number,
): string {
  const filled = columns.filter((column) => rows.some((row) => column.cell(row) !== ''));
  const main = fit(filled, rows, width);
  const rest = filled.filter((column) => !main.includes(column));
  const keys = filled.filter((column) => column.rank === 0);
  const tables = [draw(main, rows)];
  if (rest.length > 0) {
    const second = fit([...keys, ...rest], rows, width);
    tables.push(draw(second.length > keys.length ? second : [...keys, ...rest], rows));
  }
  return tables.join('\n\n');
}

function fit<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  width: number,
): readonly TableColumn<Row>[] {
  if (widthOf(columns, rows) <= width) return columns;
  const last = Math.max(...columns.map((column) => column.rank));
  if (last === 0) return columns;
  // The rightmost of the highest rank goes first.
  const goes = columns.findLastIndex((column) => column.rank === last);
  return fit(columns.toSpliced(goes, 1), rows, width);
}

function widthOf<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): number {
  return columns.reduce((sum, column) => {
    const cells = [column.head, ...rows.map(column.cell)];
    return sum + gap + Math.max(...cells.map((cell) => stripVTControlCharacters(cell).length));
  }, indent);
}

function draw<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const table = new Table({
    chars: borderless,
    head: columns.map((column) => chalk.dim(column.head)),
    colAligns: columns.map((column) => column.align ?? 'right'),
    style: { head: [], border: [], 'padding-left': indent, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => columns.map((column) => column.cell(row))));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

const borderless = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((name) => [name, '']),
);
