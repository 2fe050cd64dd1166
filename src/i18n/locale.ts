import { locales, type Locale } from './text.js';

interface Sources {
  flag: string | undefined;
  progress: string | undefined;
  env: NodeJS.ProcessEnv;
}

/** The program's language: `--locale`, else progress.json, else the environment, else English. */
export function chooseLocale({ flag, progress, env }: Sources): Locale {
  return (
    asLocale(flag) ??
    asLocale(progress) ??
    asLocale(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG']) ??
    'en'
  );
}

/** `es`, `es_AR.UTF-8` and `es-MX` are all Spanish. */
export function asLocale(name: string | undefined): Locale | undefined {
  const language = name?.toLowerCase().split(/[_.@-]/)[0];
  return locales.find((locale) => locale === language);
}
