/** Wider than this, a list of names has to break somewhere. */
const mostOnOneLine = 44;

/** `a|b|c` of a help; of many, with spaces at which a line may break. */
export function choicesText(choices: readonly string[]): string {
  const close = choices.join('|');
  return close.length > mostOnOneLine ? choices.join(' | ') : close;
}
