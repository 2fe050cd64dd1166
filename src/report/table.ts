import Table from 'cli-table3';
import { stripVTControlCharacters } from 'node:util';
import { style } from './style.js';

export interface TableColumn<Row> {
  readonly head: string;
  readonly align?: 'left' | 'right';
  /** 0 stays in the first table whatever the width; higher numbers move on first. */
  readonly rank: number;
  /** Tells the rows apart, so that every further table repeats it; else the first column does. */
  readonly key?: true;
  readonly cell: (row: Row) => string;
}

const gap = 2;
const indent = 2;

/**
 * Rows as a borderless table. Columns that a narrow terminal has no room for, the highest ranks
 * first, follow in further tables that repeat the keys.
 */
export function renderTable<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  width: number,
): string {
  const filled = columns.filter((column) => rows.some((row) => column.cell(row) !== ''));
  return tablesFor(filled, rows, width)
    .map((fitting) => draw(fitting, rows))
    .join('\n\n');
}

/** Each table shows what tells the rows apart, and as much of the rest as there is room for. */
function tablesFor<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  width: number,
): (readonly TableColumn<Row>[])[] {
  const fitting = fit(columns, rows, width);
  // A terminal too narrow for even one column more gets lines that wrap, and all of them.
  const movable = fitting.some((column) => column.rank > 0);
  if (fitting.length === columns.length || !movable) return [columns];
  const keys = columns.some((column) => column.key)
    ? columns.filter((column) => column.key)
    : columns.slice(0, 1);
  const rest = columns.filter((column) => keys.includes(column) || !fitting.includes(column));
  return [fitting, ...tablesFor(rest, rows, width)];
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
    head: columns.map((column) => style.dim(column.head)),
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
