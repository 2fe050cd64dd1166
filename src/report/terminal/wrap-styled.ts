import { stripVTControlCharacters } from 'node:util';
import { endOf, ownMark } from './style.js';

/**
 * Lines of at most this width, broken between words, each with the styles that were open where it
 * begins. A word that is longer is broken where the line ends.
 */
export function wrapStyled(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));
}

/** What can't be broken without breaking a word. */
export function longestWord(text: string): number {
  return Math.max(
    ...stripVTControlCharacters(text)
      .split(/\s/)
      .map((word) => word.length),
  );
}

const mark = new RegExp(ownMark, 'g');
/** A character with the marks before it, which take no room; the last one with those behind it. */
const unit = new RegExp(`(?:${ownMark})*(?!${ownMark})[^](?:(?:${ownMark})+$)?`, 'gu');

function wrapLine(line: string, width: number): string[] {
  const units = [...line.matchAll(unit)].map(([one]) => one);
  const plain = units.map((one) => one.replace(mark, ''));
  const open: string[] = [];
  return breaks(plain, width).map(({ from, to, next }) => {
    const begun = open.join('');
    // Of the space where the line is broken, only its marks stay.
    const space = units.slice(to, next).flatMap((one) => one.match(mark) ?? []);
    const part = [...units.slice(from, to), ...space].join('');
    for (const [code, , begins] of part.matchAll(mark)) {
      if (begins === '1') open.push(code);
      else open.pop();
    }
    return begun + part + open.toReversed().map(endOf).join('');
  });
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

function breaks(plain: readonly string[], width: number): Part[] {
  const parts: Part[] = [];
  let from = 0;
  while (plain.length - from > width) {
    const space = plain.lastIndexOf(' ', from + width);
    const to = space > from ? space : from + width;
    const next = space > from ? to + 1 : to;
    parts.push({ from, to, next });
    from = next;
  }
  return [...parts, { from, to: plain.length, next: plain.length }];
}
