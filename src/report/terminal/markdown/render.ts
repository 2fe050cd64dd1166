import { Lexer, lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { isComment, widthOf, wordsOf, wrap } from './inline.js';
import { style } from '../style.js';

/** Text is hard to read in longer lines than this, however wide the terminal is. */
const mostText = 100;

/**
 * Markdown as a person reads it in a terminal. Colours only where they make sense.
 * @param width columns
 */
export function renderMarkdown(markdown: string, width: number): string {
  return linesOf(lexer(markdown), Math.max(20, width)).join('\n');
}

/** Blocks, with a blank line between any two. */
function linesOf(tokens: readonly Token[], width: number): string[] {
  return tokens
    .map((token) => linesOfBlock(token as MarkedToken, width))
    .filter((lines) => lines.length > 0)
    .flatMap((lines, at) => [...(at === 0 ? [] : ['']), ...lines]);
}

function linesOfBlock(token: MarkedToken, width: number): string[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return headingLines(token, width);
    case 'code':
      return token.text.split('\n').flatMap((line) => codeLines(line, width));
    case 'blockquote':
      return linesOf(token.tokens, width - 2).map((line) => `${style.dim('│')} ${line}`);
    case 'list':
      return listLines(token, width);
    case 'table':
      return tableLines(token, width);
    case 'html':
      return isComment(token.raw) ? [] : token.raw.trimEnd().split('\n');
    case 'paragraph':
    case 'text':
      return wrap(wordsOf(token.tokens ?? [token]), Math.min(width, mostText));
    default:
      return wrap(wordsOf([token]), Math.min(width, mostText));
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

function headingLines({ depth, tokens }: Tokens.Heading, width: number): string[] {
  const title = (word: string): string => style.bold(style.underline(word));
  return wrap(wordsOf(tokens, depth === 1 ? title : style.bold), width);
}

function listLines({ ordered, items }: Tokens.List, width: number): string[] {
  const markers = items.map(({ raw }) => (ordered ? (/\d+[.)]/.exec(raw)?.[0] ?? '') : '•'));
  const indent = Math.max(...markers.map(({ length }) => length)) + 1;
  return items.flatMap((item, index) =>
    linesOf(blocksOf(item), width - indent).map((line, at) =>
      line === '' ? '' : `${(at === 0 ? (markers[index] ?? '') : '').padEnd(indent)}${line}`,
    ),
  );
}

/** The box of a task stands before its words, not above them. */
function blocksOf({ tokens: [box, text, ...rest] }: Tokens.ListItem): Token[] {
  if (box?.type === 'checkbox' && text?.type === 'text')
    return [{ ...text, tokens: [box, ...((text as Tokens.Text).tokens ?? [])] }, ...rest];
  return [box, text, ...rest].filter((token) => token !== undefined);
}

const gap = 2;
/** A column narrower than this reads worse than one cell a line. */
const leastColumn = 10;

/** Side by side where the columns fit; in a narrow terminal one cell under the other. */
function tableLines({ header, rows }: Tokens.Table, width: number): string[] {
  const head = header.map(({ tokens }) => wordsOf(tokens, style.bold));
  const body = rows.map((row) => row.map(({ tokens }) => wordsOf(tokens)));
  const cells = [head, ...body];
  const widths = columnWidths(cells, width - gap * (head.length - 1));
  if (widths === undefined) return stackedLines(header, body, width);
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
  header: readonly Tokens.TableCell[],
  body: readonly (readonly (readonly string[])[])[],
  width: number,
): string[] {
  const heads = header.map(({ text }) => wordsOf(Lexer.lexInline(`${text}:`), style.bold));
  return body.flatMap((row, at) => [
    ...(at === 0 ? [] : ['']),
    ...row.flatMap((cell, column) =>
      wrap([...(heads[column] ?? []), ...cell], width - 2).map((line, index) =>
        index === 0 ? line : `  ${line}`,
      ),
    ),
  ]);
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
