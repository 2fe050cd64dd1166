import { parseArgs } from 'node:util';
import { next } from './commands/next.js';
import { asLocale, chooseLocale } from './i18n/locale.js';
import { setLocale } from './i18n/text.js';
import { hasLeftovers } from './register/leftovers.js';
import { findRoot, localeOf } from './plan/root.js';

/**
 * `plan next` for the day on which nothing is wrong. It is typed every day and should come at
 * once, so it is built into one small file, which Node loads in half the time of modules and need
 * not compile (scripts/quick.mjs), and reads its three options without commander. Its test says
 * what must not be in that file.
 *
 * @returns false, with nothing printed, where `main` must do it: another command, `--help`, a
 *   mistake in the options, a fault to tell, something that a killed `plan` left behind
 */
export function quick(argv: readonly string[]): boolean {
  try {
    const { locale, ...options } = optionsOf(argv);
    if (hasLeftovers()) return false;
    const progress = localeOf(findRoot(process.cwd()));
    setLocale(chooseLocale({ flag: locale, progress, env: process.env }));
    next(options);
    return true;
  } catch {
    // main meets the same fault again, and tells it.
    return false;
  }
}

interface Options {
  readonly date?: string;
  readonly locale?: string;
  readonly json?: boolean;
}

/** @throws where they are not exactly what commander would take */
function optionsOf([command, ...words]: readonly string[]): Options {
  if (command === 'next' && words.length === 0) return {};
  const text = { type: 'string' } as const;
  const options = { date: text, locale: text, json: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: words, options });
  const isLocale = values.locale === undefined || asLocale(values.locale) === values.locale;
  if (command !== 'next' || !isLocale) throw new TypeError('not for the quick way');
  return values;
}
