import { stripVTControlCharacters } from 'node:util';
import type { MarkedToken, Token } from 'marked';
import { style, wantsColour, type Paint } from '../style.js';

/**
 * The words of a paragraph, each with its own style, so that a line can end between any two. A
 * word may be made of several styles: `code`, then a comma.
 */
export function wordsOf(tokens: readonly Token[], paint: Paint = (word) => word): string[] {
  const words: string[] = [];
  let joins = false;
  for (const piece of tokens.flatMap((token) => piecesOf(token, paint))) {
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

export function isComment(html: string): boolean {
  return html.trimStart().startsWith('<!--');
}

interface Piece {
  readonly text: string;
  readonly paint: Paint;
}

function piecesOf(one: Token, paint: Paint): Piece[] {
  const token = one as MarkedToken;
  const within = (tokens: readonly Token[], outer: Paint): Piece[] =>
    tokens.flatMap((inner) => piecesOf(inner, (word) => outer(paint(word))));
  switch (token.type) {
    case 'strong':
      return within(token.tokens, style.bold);
    case 'em':
      return within(token.tokens, style.italic);
    case 'codespan': {
      // Without colours the backticks say what is code.
      const code = wantsColour(1) ? token.text.trim() : `\`${token.text.trim()}\``;
      return [{ text: code, paint: (word) => style.cyan(paint(word)) }];
    }
    case 'link': {
      const told = within(token.tokens, (word) => word);
      if (token.autolink) return told;
      return [...told, { text: ` (${token.href})`, paint: (word) => style.dim(paint(word)) }];
    }
    case 'br':
      return [{ text: ' ', paint }];
    case 'html':
      return isComment(token.raw) ? [] : [{ text: token.raw, paint }];
    case 'text':
    case 'escape':
      return [{ text: token.text, paint }];
    default:
      // What a terminal has no form for stays as it was written.
      return [{ text: token.raw, paint }];
  }
}
