/** An id or an item in a sentence: in quotes where it is no plain word, and no longer than a line. */
export function named(text: string): string {
  if (/^[\w-]{1,40}$/.test(text)) return text;
  const short = text.length > 60 ? `${text.slice(0, 30)}…${text.slice(-10)}` : text;
  return JSON.stringify(short);
}
