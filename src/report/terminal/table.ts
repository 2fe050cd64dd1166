import Table from 'cli-table3';
import { stripVTControlCharacters } from 'node:util';
import { tableTexts } from '../../i18n/table.js';
import type { Locale } from '../../i18n/text.js';
import type { Column } from '../view/columns.js';
import { hang } from './hang.js';
import { style } from './style.js';
import { longestWord, wrapStyled } from './wrap-styled.js';

/** Where a table has more columns than the terminal has room for: in tables below, or only told. */
export type Rest = 'below' | 'told';

const gap = 2;
const indent = 2;
/** Up to here a column belongs to what the table is about. */
const essential = 1;
/** A column of text is never made narrower than this where it would break its words. */
const leastText = 10;
/** Narrower than this, one of several words stands below the other: a column of figures goes before. */
const readableText = 14;

/**
 * Rows as a borderless table. Where there is no room for all, the columns of the highest ranks go
 * first: into further tables that repeat the keys, or into a line that says what shows them. What
 * the table is about stays; its heads and texts wrap between words.
 */
export function renderTable<Row>(
  locale: Locale,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
  rest: Rest = 'below',
): string {
  const filled = columns.filter((column) => rows.some((row) => column.cell(row) !== ''));
  const [first = filled, ...more] = tablesFor(filled, rows, width);
  const table = draw(first, rows, width);
  if (more.length === 0) return table;
  if (rest === 'below')
    return [table, ...more.map((fitting) => draw(fitting, rows, width))].join('\n\n');
  const left = filled.filter((column) => !first.includes(column)).map(({ head }) => head);
  return `${table}\n\n${hang(`  ${style.dim(tableTexts[locale].leftOut(left.join(', ')))}`, width)}`;
}

/** Each table shows what tells the rows apart, and as much of the rest as there is room for. */
function tablesFor<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): (readonly Column<Row>[])[] {
  const fitting = fit(columns, rows, width);
  const keys = columns.some((column) => column.key)
    ? columns.filter((column) => column.key)
    : columns.slice(0, 1);
  // A terminal too narrow for even one column more gets words that are broken, and all of them.
  const isMore = fitting.some((column) => !keys.includes(column));
  if (fitting.length === columns.length || !isMore) return [columns];
  const rest = columns.filter((column) => keys.includes(column) || !fitting.includes(column));
  return [fitting, ...tablesFor(rest, rows, width)];
}

function fit<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): readonly Column<Row>[] {
  const sizes = columns.map((column) => sizeOf(column, rows));
  const last = Math.max(...columns.map((column) => column.rank));
  const needs = sizes.map(({ whole, least }) => (last > essential ? whole : least));
  if (sum(needs) <= width || last === 0) return columns;
  // The rightmost of the highest rank goes first.
  const goes = columns.findLastIndex((column) => column.rank === last);
  return fit(columns.toSpliced(goes, 1), rows, width);
}

/** How wide a column is as it is, and how narrow its words let it be. */
interface Size {
  readonly whole: number;
  readonly least: number;
}

function sizeOf<Row>(column: Column<Row>, rows: readonly Row[]): Size {
  const cells = rows.map(column.cell);
  const lengths = cells.map((cell) => stripVTControlCharacters(cell).length);
  const head = longestWord(column.head);
  const whole = Math.max(column.head.length, ...lengths);
  const least = isText(column) ? Math.max(...cells.map(longestWord)) : Math.max(...lengths);
  const readable = isText(column) ? Math.min(whole, readableText) : 0;
  return { whole, least: Math.max(head, least, readable) };
}

const isText = ({ align }: { align?: 'left' | 'right' }): boolean => align === 'left';

function sum(widths: readonly number[]): number {
  return widths.reduce((all, width) => all + gap + width, 0);
}

/** The widest gives way first, until all have room, or none can be made narrower. */
function widthsOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): number[] {
  const sizes = columns.map((column) => sizeOf(column, rows));
  const widths = sizes.map(({ whole }) => whole);
  const shrink = (least: readonly number[]): void => {
    while (sum(widths) > width) {
      const slack = widths.map((one, at) => (one > (least[at] ?? 0) ? one : 0));
      const widest = Math.max(...slack);
      if (widest === 0) return;
      widths[slack.indexOf(widest)] = widest - 1;
    }
  };
  shrink(sizes.map(({ least }) => least));
  shrink(sizes.map(({ least }, at) => (isText(columns[at] ?? {}) ? leastText : least)));
  return widths;
}

function draw<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): string {
  const widths = widthsOf(columns, rows, width);
  const wrapped = (text: string, at: number): string =>
    wrapStyled(text, widths[at] ?? Number.POSITIVE_INFINITY).join('\n');
  const table = new Table({
    chars: borderless,
    head: columns.map((column, at) => style.dim(wrapped(column.head, at))),
    colAligns: columns.map((column) => column.align ?? 'right'),
    style: { head: [], border: [], 'padding-left': indent, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => columns.map((column, at) => wrapped(column.cell(row), at))));
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
