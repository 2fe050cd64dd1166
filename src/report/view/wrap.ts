/**
 * Lines of at most this width, broken between words; what follows the first hangs by two. A word
 * that is longer is broken where the line ends.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    // The blanks that a line hangs by are no place to break it.
    const isPlace = space > 0 && rest.slice(0, space).trim() !== '';
    const at = isPlace ? space : width;
    lines.push(rest.slice(0, at));
    rest = `  ${rest.slice(at).trimStart()}`;
  }
  return [...lines, rest];
}
