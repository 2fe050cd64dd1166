import type { Column } from '../view/columns.js';
import { foreign } from '../view/foreign.js';

/** Without ranks: a page has room for all of them. */
export type MarkdownColumn<Row> = Omit<Column<Row>, 'rank' | 'key'>;

/** A table padded so that it reads well as text too. Columns without a single entry are left out. */
export function markdownTable<Row>(
  columns: readonly MarkdownColumn<Row>[],
  rows: readonly Row[],
): string {
  const filled = columns.filter(({ cell }) => rows.some((row) => cell(row) !== ''));
  const lines = filled.map(({ head, align, cell }) => {
    const cells = [head, ...rows.map(cell)].map(escapeText);
    const width = Math.max(3, ...cells.map((text) => text.length));
    const pad = (text: string): string =>
      align === 'left' ? text.padEnd(width) : text.padStart(width);
    const rule = align !== 'left' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width);
    const [first = '', ...others] = cells.map(pad);
    return [first, rule, ...others];
  });
  const count = rows.length + 2;
  return Array.from({ length: count }, (_, at) => {
    const cells = lines.map((column) => column[at] ?? '');
    return `| ${cells.join(' | ')} |`;
  }).join('\n');
}

/**
 * What a program or a client said may hold anything: on one line, and nothing in it is markup, a
 * link, an entity or a mention.
 */
export function escapeText(text: string): string {
  return foreign(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*<|[\]~$]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|:(?=\/\/)|(?<=\bwww)\.|@(?=\w)/gi, '\\$&')
    .replace(blockStart, '$1\\$2');
}

/** What would begin a heading, a quote, a list or a rule. */
const blockStart = /^(\d{0,9})([#>+=-]|(?<=\d)[.)])(?=[\s#>=-]|$)/;

/** Text as code in a line, whatever it holds. */
export function codeSpan(text: string): string {
  const plain = foreign(text).replace(/\s+/g, ' ');
  const fence = '`'.repeat(longestRun(plain) + 1);
  const room = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${fence}${room}${plain}${room}${fence}`;
}

export function codeBlock(code: string, language: string): string {
  // Go is indented with tabs.
  const plain = code.split('\t').map(foreign).join('\t');
  const fence = '`'.repeat(Math.max(3, longestRun(plain) + 1));
  return `${fence}${language}\n${plain.replace(/\n+$/, '')}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
