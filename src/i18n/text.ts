/** The two languages of the program and of everything it writes for the learner. */
export const locales = ['es', 'en'] as const;
export type Locale = (typeof locales)[number];

/** One text in both languages; the compiler refuses one without the other. */
export type Text = Readonly<Record<Locale, string>>;

let current: Locale = 'en';

/** Set once, by `main`, before any text is made. */
export function setLocale(locale: Locale): void {
  current = locale;
}

export function getLocale(): Locale {
  return current;
}

/** The text in the language of the program. */
export function say(text: Text): string {
  return text[current];
}

/** The dictionary of an area in the language of the program: `const t = texts(services)`. */
export function texts<T>(dictionary: Readonly<Record<Locale, T>>): T {
  return dictionary[current];
}
