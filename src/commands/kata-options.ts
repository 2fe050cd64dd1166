import type { Command } from 'commander';
import { runTexts } from '../i18n/run.js';
import { say, texts } from '../i18n/text.js';
import type { Kata } from '../kata/define.js';
import { flagOf, type OptionSpec, type OptionValues } from '../kata/options.js';
import { badOption, integerOf, oneOf } from './option-values.js';
import { choicesText } from './choices.js';

/** A flag for each option of the kata. */
export function withKataOptions(command: Command, kata: Kata): Command {
  for (const [name, spec] of Object.entries(kata.options))
    command.option(`--${flagOf(name)} <${placeholderOf(spec)}>`, describe(spec));
  return command;
}

export function kataOptions(
  kata: Kata,
  text: (name: string) => string | undefined,
): Partial<OptionValues> {
  const values: Record<string, string | number> = {};
  for (const [name, spec] of Object.entries(kata.options)) {
    const given = text(name);
    if (given === undefined) continue;
    values[name] =
      spec.kind === 'choice'
        ? oneOf(flagOf(name), given, spec.choices)
        : integerOf(flagOf(name), given, spec.min, spec.max);
  }
  return values;
}

export function languageOf(kata: Kata, language: string | undefined): string | undefined {
  if (language === undefined || (kata.languages as readonly string[]).includes(language))
    return language;
  const t = texts(runTexts);
  throw badOption(
    t.noSuchLanguage(language, kata.id, kata.languages.join(', ')),
    `--lang ${kata.languages[0] ?? ''}`,
  );
}

function placeholderOf(spec: OptionSpec): string {
  return spec.kind === 'choice' ? 'name' : 'n';
}

function describe(spec: OptionSpec): string {
  const allowed =
    spec.kind === 'choice'
      ? choicesText(spec.choices)
      : texts(runTexts).between(spec.min, spec.max);
  return `${say(spec.help)} (${allowed}; ${spec.default})`;
}
