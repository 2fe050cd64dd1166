/** A block of the Markdown that briefs are written in: the common part of CommonMark, and tables. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

export interface ListItem {
  /** `•` or `3.` */
  readonly marker: string;
  readonly blocks: readonly Block[];
}

export function parseMarkdown(markdown: string): Block[] {
  return blocksOf(markdown.replace(/<!--[^]*?-->/g, '').split(/\r?\n/));
}

const listMarker = /^( {0,3})([-*+]|\d{1,9}[.)])( +|$)/;

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    if (isBlank(lines[at])) {
      at += 1;
      continue;
    }
    const { block, next } = blockAt(lines, at);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

interface Found {
  readonly block: Block;
  /** The line after it. */
  readonly next: number;
}

function blockAt(lines: readonly string[], at: number): Found {
  const line = lines[at] ?? '';
  const [, hashes, title] = /^(#{1,6}) +(.*?)(?: +#+)? *$/.exec(line) ?? [];
  if (hashes !== undefined)
    return { block: { kind: 'heading', level: hashes.length, text: title ?? '' }, next: at + 1 };
  if (/^ {0,3}(```|~~~)/.test(line)) return codeAt(lines, at);
  if (line.startsWith('>')) return quoteAt(lines, at);
  if (listMarker.test(line)) return listAt(lines, at);
  if (line.startsWith('|') && /^\|[ :|-]+$/.test(lines[at + 1] ?? '')) return tableAt(lines, at);
  return paragraphAt(lines, at);
}

/** To the closing fence, or to the end where somebody forgot it. */
function codeAt(lines: readonly string[], at: number): Found {
  const [, indent = '', fence = '```'] = /^( *)(`+|~+)/.exec(lines[at] ?? '') ?? [];
  const body = lines.slice(at + 1);
  const closes = body.findIndex(
    (line) => line.trim().startsWith(fence) && /^ *[`~]+ *$/.test(line),
  );
  const code = closes < 0 ? body : body.slice(0, closes);
  const dedented = code.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
  return { block: { kind: 'code', lines: dedented }, next: at + 2 + code.length };
}

function quoteAt(lines: readonly string[], at: number): Found {
  const quoted = takeWhile(lines, at, (line) => line.startsWith('>'));
  const inner = quoted.map((line) => line.replace(/^> ?/, ''));
  return { block: { kind: 'quote', blocks: blocksOf(inner) }, next: at + quoted.length };
}

function listAt(lines: readonly string[], from: number): Found {
  const items: ListItem[] = [];
  let at = from;
  for (;;) {
    const [whole, , marker = ''] = listMarker.exec(lines[at] ?? '') ?? [];
    // A number after bullets begins another list.
    if (whole === undefined || isNumber(marker) !== isNumber(items[0]?.marker ?? marker)) break;
    const first = (lines[at] ?? '').slice(whole.length);
    const rest = itemLines(lines, at + 1, whole.length);
    items.push({
      marker: isNumber(marker) ? marker : '•',
      blocks: blocksOf([first, ...rest.map((line) => dedent(line, whole.length))]),
    });
    at += 1 + rest.length;
  }
  return { block: { kind: 'list', items }, next: at };
}

function isNumber(marker: string): boolean {
  return /\d/.test(marker);
}

/** What belongs to an item: lines as deep as its text, blank ones between, and lazy ones. */
function itemLines(lines: readonly string[], from: number, depth: number): readonly string[] {
  let end = from;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (isBlank(line)) continue;
    const isDeep = line.startsWith(' '.repeat(depth));
    const isLazy = at === end && !startsBlock(line) && !isBlank(lines[at - 1]);
    if (!isDeep && !isLazy) break;
    end = at + 1;
  }
  // Blank lines before the next item are nobody's.
  return lines.slice(from, end).concat(listFollows(lines, end) ? blanksAt(lines, end) : []);
}

function listFollows(lines: readonly string[], at: number): boolean {
  return listMarker.test(lines[at + blanksAt(lines, at).length] ?? '');
}

function blanksAt(lines: readonly string[], at: number): readonly string[] {
  return takeWhile(lines, at, isBlank);
}

function tableAt(lines: readonly string[], at: number): Found {
  const table = takeWhile(lines, at, (line) => line.startsWith('|'));
  const rows = table.filter((_, index) => index !== 1).map(cellsOf);
  return { block: { kind: 'table', rows }, next: at + table.length };
}

/** A `\|` is part of its cell. */
function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
}

function paragraphAt(lines: readonly string[], at: number): Found {
  const [first = '', ...others] = lines.slice(at);
  const rest = takeWhile(others, 0, (line) => !isBlank(line) && !startsBlock(line));
  const text = [first, ...rest].map((line) => line.trim()).join(' ');
  return { block: { kind: 'paragraph', text }, next: at + 1 + rest.length };
}

function startsBlock(line: string): boolean {
  return /^(#{1,6} |>| {0,3}(```|~~~)|\|)/.test(line) || listMarker.test(line);
}

function dedent(line: string, depth: number): string {
  return isBlank(line) ? '' : line.replace(new RegExp(`^ {0,${depth}}`), '');
}

function takeWhile(
  lines: readonly string[],
  from: number,
  belongs: (line: string) => boolean,
): readonly string[] {
  const rest = lines.slice(from);
  const end = rest.findIndex((line) => !belongs(line));
  return end < 0 ? rest : rest.slice(0, end);
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}
