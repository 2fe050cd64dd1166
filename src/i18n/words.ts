import { locales, type Locale } from './text.js';

/** What a sentence says of one, and of any other number: `order is`, `orders are`. */
type Counted = (n: number, one: string, other: string) => string;

/**
 * As Intl.PluralRules says of whole numbers in both languages, which a test holds. To ask it would load
 * its tables each time that `plan next` is typed.
 */
function isOne(n: number): boolean {
  return n === 1;
}

/** `counted.en(n, 'order is', 'orders are')` → `1 order is`, `2 orders are`, `0 orders are` */
export const counted = Object.fromEntries(
  locales.map((locale) => [
    locale,
    (n: number, one: string, other: string) => `${n} ${isOne(n) ? one : other}`,
  ]),
) as Readonly<Record<Locale, Counted>>;

/** As `counted`, without the number: `agreeing.es(n, 'queda', 'quedan')`. */
export const agreeing = Object.fromEntries(
  locales.map((locale) => [
    locale,
    (n: number, one: string, other: string) => (isOne(n) ? one : other),
  ]),
) as Readonly<Record<Locale, Counted>>;

/** `not once`, `once`, `twice`, `3 times` */
export const times: Readonly<Record<Locale, (n: number) => string>> = {
  en: (n) => ['not once', 'once', 'twice'][n] ?? `${n} times`,
  es: (n) => ['cero veces', 'una vez', 'dos veces'][n] ?? `${n} veces`,
};

/** In Spanish, before this word: `order e inventory`, but `nieve y hielo`. */
export function y(word: string): 'y' | 'e' {
  return /^h?[ií](?![aeoáéó])/i.test(word) ? 'e' : 'y';
}

/** A stored word as this language says it; one that it has no other word for stays, whatever it is. */
export function translated(words: Readonly<Record<string, string>>, word: string): string {
  return Object.hasOwn(words, word) ? (words[word] ?? word) : word;
}
