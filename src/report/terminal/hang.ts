import { stripVTControlCharacters } from 'node:util';

/**
 * Breaks lines that are wider than the terminal between words, and lets what follows hang under
 * the text it belongs to. Lines that fit stay as they are, their spaces included.
 */
export function hang(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => hangLine(line, width))
    .join('\n');
}

function hangLine(line: string, width: number): string {
  // Without its marks it is no longer, and most lines are short.
  if (line.length <= width || lengthOf(line) <= width) return line;
  const [indent = ''] = /^ */.exec(line) ?? [];
  const lines: string[] = [];
  let current = '';
  for (const word of line.slice(indent.length).split(' ')) {
    const start = lines.length === 0 ? indent : `${indent}  `;
    const longer = current === '' ? start + word : `${current} ${word}`;
    if (current !== '' && lengthOf(longer) > width) {
      lines.push(current);
      current = `${indent}  ${word}`;
    } else current = longer;
  }
  return [...lines, current].join('\n');
}

function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
