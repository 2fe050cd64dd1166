import { mainTexts } from '../../i18n/main.js';
import type { Locale } from '../../i18n/text.js';

/** `<folder>`, `[ids...]`: the words in brackets, in the language of the program. */
export function placeholders(locale: Locale, text: string): string {
  const words: Readonly<Record<string, string>> = mainTexts[locale].placeholders;
  return text.replace(
    /([<[])([a-z]+)((?:\.{3})?[>\]])/g,
    (_, open: string, word: string, close: string) => open + (words[word] ?? word) + close,
  );
}
