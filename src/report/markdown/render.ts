import { widthOf, wordsOf, wrap } from './inline.js';
import { parseMarkdown, type Block, type ListItem } from './parse.js';
import { style } from '../style.js';

/** Text is hard to read in longer lines than this, however wide the terminal is. */
const mostText = 100;

/**
 * Markdown as a person reads it in a terminal. Colours only where they make sense.
 * @param width columns
 */
export function renderMarkdown(markdown: string, width: number): string {
  return linesOf(parseMarkdown(markdown), Math.max(20, width)).join('\n');
}

function linesOf(blocks: readonly Block[], width: number): string[] {
  return blocks.flatMap((block, at) => [...(at === 0 ? [] : ['']), ...linesOfBlock(block, width)]);
}

function linesOfBlock(block: Block, width: number): string[] {
  switch (block.kind) {
    case 'heading':
      return headingLines(block.text, block.level, width);
    case 'paragraph':
      return wrap(wordsOf(block.text), Math.min(width, mostText));
    case 'code':
      return block.lines.flatMap((line) => codeLines(line, width));
    case 'quote':
      return linesOf(block.blocks, width - 2).map((line) => `${style.dim('│')} ${line}`);
    case 'list':
      return listLines(block.items, width);
    case 'table':
      return tableLines(block.rows, width);
  }
}

/** As it is; but where a command and the remark beside it are too wide, the remark comes below. */
function codeLines(line: string, width: number): string[] {
  if (line === '') return [''];
  const [, command, remark] = /^(plan \S.*?) {2,}(\S.*)$/.exec(line) ?? [];
  if (command === undefined || remark === undefined || widthOf(line) + 4 <= width)
    return [`    ${style.cyan(line)}`];
  return [`    ${style.cyan(command)}`, `        ${remark}`];
}

function headingLines(text: string, level: number, width: number): string[] {
  const title = (word: string): string => style.bold(style.underline(word));
  return wrap(wordsOf(text, level === 1 ? title : style.bold), width);
}

function listLines(items: readonly ListItem[], width: number): string[] {
  const indent = Math.max(...items.map(({ marker }) => marker.length)) + 1;
  return items.flatMap(({ marker, blocks }) =>
    linesOf(blocks, width - indent).map((line, at) =>
      line === '' ? '' : `${(at === 0 ? marker : '').padEnd(indent)}${line}`,
    ),
  );
}

const gap = 2;
/** A column narrower than this reads worse than one cell a line. */
const leastColumn = 10;

/** Side by side where the columns fit; in a narrow terminal one cell under the other. */
function tableLines(rows: readonly (readonly string[])[], width: number): string[] {
  const [head = [], ...body] = rows;
  const cells = [
    head.map((cell) => wordsOf(cell, style.bold)),
    ...body.map((row) => head.map((_, at) => wordsOf(row[at] ?? ''))),
  ];
  const widths = columnWidths(cells, width - gap * (head.length - 1));
  if (widths === undefined) return stackedLines(head, body, width);
  const lines = cells.map((row) => rowLines(row, widths));
  // Rows that take several lines need air between them.
  const airy = lines.some((row) => row.length > 1);
  return lines.flatMap((row, at) => (airy && at > 1 ? ['', ...row] : row));
}

/** The widest column gives way first. Undefined where there is not enough for all. */
function columnWidths(
  rows: readonly (readonly (readonly string[])[])[],
  room: number,
): number[] | undefined {
  const columns = rows[0]?.map((_, at) => rows.map((row) => row[at] ?? [])) ?? [];
  const widths = columns.map((cells) =>
    Math.max(0, ...cells.map((cell) => widthOf(cell.join(' ')))),
  );
  const least = columns.map((cells, at) =>
    Math.max(Math.min(leastColumn, widths[at] ?? 0), ...cells.flat().map(widthOf)),
  );
  while (widths.reduce((sum, one) => sum + one, 0) > room) {
    const spare = widths.map((one, at) => (one > (least[at] ?? 0) ? one : 0));
    const widest = spare.indexOf(Math.max(...spare));
    if ((spare[widest] ?? 0) === 0) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function rowLines(row: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const wrapped = row.map((words, at) => wrap(words, widths[at] ?? 0));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, at) => pad(lines[line] ?? '', widths[at] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

function stackedLines(
  head: readonly string[],
  body: readonly (readonly string[])[],
  width: number,
): string[] {
  return body.flatMap((row, at) => [
    ...(at === 0 ? [] : ['']),
    ...row.flatMap((cell, column) => {
      const words = [...wordsOf(`${head[column] ?? ''}:`, style.bold), ...wordsOf(cell)];
      return wrap(words, width - 2).map((line, index) => (index === 0 ? line : `  ${line}`));
    }),
  ]);
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
