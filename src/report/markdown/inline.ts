import { stripVTControlCharacters } from 'node:util';
import { style, wantsColour, type Paint } from '../style.js';

/** A code span, strong, emphasis, a link; the first that begins is the first that counts. */
const markup =
  /(`+)(?<code>.+?)\1(?!`)|\*\*(?<strong>.+?)\*\*|\*(?<star>[^*\s].*?)\*|(?<!\w)_(?<line>[^_\s].*?)_(?!\w)|\[(?<text>[^\]]+)\]\((?<url>[^)\s]+)\)|\\(?<plain>[!-/:-@[-`{-~])/;

/**
 * The words of a paragraph, each with its own style, so that a line can end between any two. A
 * word may be made of several styles: `code`, then a comma.
 */
export function wordsOf(text: string, paint: Paint = (word) => word): string[] {
  const words: string[] = [];
  let joins = false;
  for (const piece of piecesOf(text, paint)) {
    const [first = '', ...others] = piece.text.split(/\s+/);
    if (joins && first !== '') words.push((words.pop() ?? '') + piece.paint(first));
    else if (first !== '') words.push(piece.paint(first));
    words.push(...others.filter((word) => word !== '').map((word) => piece.paint(word)));
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
  readonly paint: Paint;
}

function piecesOf(text: string, paint: Paint): Piece[] {
  const found = markup.exec(text);
  if (!found) return text === '' ? [] : [{ text, paint }];
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  const marked = markedPieces(found.groups ?? {}, paint);
  return [
    ...(before === '' ? [] : [{ text: before, paint }]),
    ...marked,
    ...piecesOf(after, paint),
  ];
}

function markedPieces(groups: Record<string, string | undefined>, paint: Paint): Piece[] {
  const { code, strong, star, line, text, url, plain } = groups;
  const both =
    (outer: Paint): Paint =>
    (word) =>
      outer(paint(word));
  // Without colours the backticks say what is code.
  if (code !== undefined)
    return [{ text: wantsColour(1) ? code.trim() : `\`${code.trim()}\``, paint: both(style.cyan) }];
  if (strong !== undefined) return piecesOf(strong, both(style.bold));
  const emphasised = star ?? line;
  if (emphasised !== undefined) return piecesOf(emphasised, both(style.italic));
  if (plain !== undefined) return [{ text: plain, paint }];
  if (text === undefined || url === undefined) return [];
  return [...piecesOf(text, paint), { text: ` (${url})`, paint: both(style.dim) }];
}
