import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface LineAbout {
  /** Empty of a kata of one program. */
  readonly role: string;
  readonly text: string;
}

const longest = 1_000;

/** What the programs of a case have written that has one of these words in it; none where no log is. */
export async function linesAbout(
  folder: string,
  slug: string,
  words: readonly string[],
): Promise<LineAbout[]> {
  const logs = path.join(folder, 'logs');
  const names = (await readdir(logs).catch(() => [])).filter(
    (name) => name === `${slug}.log` || (name.startsWith(`${slug}.`) && name.endsWith('.log')),
  );
  const isAbout = wholeWords(words);
  const found: LineAbout[] = [];
  for (const name of names.sort()) {
    const role = name.slice(slug.length + 1, -'.log'.length);
    for (const text of (await readFile(path.join(logs, name), 'utf8')).split(/\r?\n/))
      if (isAbout.test(text)) found.push({ role, text: text.slice(0, longest) });
  }
  return found;
}

/** Not where one is part of a longer one: `r-1` is not about `r-12`. */
function wholeWords(words: readonly string[]): RegExp {
  const each = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![\\w.-])(?:${each.join('|')})(?![\\w.-])`);
}
