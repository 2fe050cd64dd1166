/**
 * A command line as a list of words, quotes and backslashes as in a shell, with nothing expanded:
 * `ruby "my main.rb"` → `ruby`, `my main.rb`.
 */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  const part = /\s+|"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])|([^\s"'\\]+|["'\\])/g;
  let word: string | undefined;
  for (const [all, double, single, escaped, plain] of line.matchAll(part)) {
    const text = double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? plain;
    if (text !== undefined) word = (word ?? '') + text;
    else if (all.trim() === '' && word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** The words as one would type them into a shell. */
export function typed(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
