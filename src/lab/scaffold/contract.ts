/** Columns of a line of the contract, comment marks not counted. */
const width = 94;

/** The section `## Contract` (`## Contrato`) of a brief; undefined where it has none. */
export function contractSection(markdown: string): string | undefined {
  const found = /^## (?:Contract|Contrato)[^\n]*\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(markdown);
  return found?.[1]?.trim();
}

/** Markdown as lines of a comment: tables become lists, and what is too long is broken. */
export function commentLines(markdown: string): string[] {
  const lines: string[] = [];
  let inCode = false;
  let headings: readonly string[] = [];
  for (const line of paragraphs(markdown)) {
    if (line.startsWith('```')) {
      inCode = !inCode;
      continue;
    }
    if (inCode) lines.push(`  ${line}`);
    else if (line.startsWith('|')) {
      const cells = cellsOf(line);
      if (headings.length === 0) headings = cells;
      else if (!/^\|[\s|:-]+$/.test(line)) lines.push(...wrapped(`- ${cells.join('  ')}`));
    } else {
      headings = [];
      lines.push(...wrapped(line));
    }
  }
  return lines.map(harmless);
}

/** Lines of one paragraph or list item joined, all others as they are. */
function paragraphs(markdown: string): string[] {
  const joined: string[] = [];
  let inCode = false;
  for (const line of markdown.split('\n')) {
    const last = joined.at(-1);
    const isText = !inCode && /^\s*[^\s|`#-]/.test(line);
    const follows = last !== undefined && last !== '' && !/^(?:\||```|#)/.test(last);
    if (line.startsWith('```')) inCode = !inCode;
    if (isText && follows && !/^\d+\. /.test(line))
      joined[joined.length - 1] = `${last} ${line.trim()}`;
    else joined.push(line.trimEnd());
  }
  return joined;
}

function cellsOf(row: string): string[] {
  return row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''))
    .filter((cell) => cell !== '');
}

function wrapped(text: string): string[] {
  const indent = /^\s*(?:- |\d+\. )?/.exec(text)?.[0].length ?? 0;
  const lines: string[] = [];
  let line = '';
  for (const word of text.replaceAll('`', '').split(' ')) {
    if (line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** javac reads `\\u` even in a comment. */
function harmless(line: string): string {
  return line.replaceAll('\\u', '\\ u');
}
