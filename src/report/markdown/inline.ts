import chalk from 'chalk';
import { stripVTControlCharacters } from 'node:util';

type Style = (text: string) => string;

/** A code span, strong, emphasis, a link; the first that begins is the first that counts. */
const markup =
  /(`+)(?<code>.+?)\1(?!`)|\*\*(?<strong>.+?)\*\*|\*(?<star>[^*\s].*?)\*|(?<!\w)_(?<line>[^_\s].*?)_(?!\w)|\[(?<text>[^\]]+)\]\((?<url>[^)\s]+)\)|\\(?<plain>[!-/:-@[-`{-~])/;

/**
 * The words of a paragraph, each with its own style, so that a line can end between any two. A
 * word may be made of several styles: `code`, then a comma.
 */
export function wordsOf(text: string, style: Style = (word) => word): string[] {
  const words: string[] = [];
  let joins = false;
  for (const piece of piecesOf(text, style)) {
    const [first = '', ...others] = piece.text.split(/\s+/);
    if (joins && first !== '') words.push((words.pop() ?? '') + piece.style(first));
    else if (first !== '') words.push(piece.style(first));
    words.push(...others.filter((word) => word !== '').map((word) => piece.style(word)));
    joins = !/\s$/.test(piece.text);
  }
  return words;
}

/** Fills lines up to the width; a word longer than that stands alone and is never cut. */
export function wrap(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** Columns on the terminal. */
export function widthOf(text: string): number {
  return Array.from(stripVTControlCharacters(text).normalize('NFC')).length;
}

interface Piece {
  readonly text: string;
  readonly style: Style;
}

function piecesOf(text: string, style: Style): Piece[] {
  const found = markup.exec(text);
  if (!found) return text === '' ? [] : [{ text, style }];
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  const marked = markedPieces(found.groups ?? {}, style);
  return [
    ...(before === '' ? [] : [{ text: before, style }]),
    ...marked,
    ...piecesOf(after, style),
  ];
}

function markedPieces(groups: Record<string, string | undefined>, style: Style): Piece[] {
  const { code, strong, star, line, text, url, plain } = groups;
  const both =
    (outer: Style): Style =>
    (word) =>
      outer(style(word));
  // Without colours the backticks say what is code.
  if (code !== undefined)
    return [
      { text: chalk.level > 0 ? code.trim() : `\`${code.trim()}\``, style: both(chalk.cyan) },
    ];
  if (strong !== undefined) return piecesOf(strong, both(chalk.bold));
  const emphasised = star ?? line;
  if (emphasised !== undefined) return piecesOf(emphasised, both(chalk.italic));
  if (plain !== undefined) return [{ text: plain, style }];
  if (text === undefined || url === undefined) return [];
  return [...piecesOf(text, style), { text: ` (${url})`, style: both(chalk.dim) }];
}
