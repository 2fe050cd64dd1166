import { Command, Option } from 'commander';
import { randomInt } from 'node:crypto';
import { exitCodes, PlanError } from '../base/errors.js';
import { compareTexts } from '../i18n/compare.js';
import { mainTexts } from '../i18n/main.js';
import { runTexts } from '../i18n/run.js';
import { locales, texts } from '../i18n/text.js';
import type { Kata } from '../kata/define.js';
import { providers, type ProviderName } from '../kata/run-record.js';
import type { CompareRequest } from '../lab/run/compare.js';
import { kataOptions, languageOf, withKataOptions } from './kata-options.js';
import { badOption, integerOf, oneOf, optionalChoice } from './option-values.js';
import { collected, implOf } from './run-options.js';
import { print } from '../report/terminal/output.js';
import { exampleOf, translateHelp } from './help.js';
import { choicesText } from './choices.js';

export interface CompareOptions extends CompareRequest {
  readonly provider: ProviderName | undefined;
  readonly json: boolean;
  /** All columns of the tables, whatever the width. */
  readonly wide: boolean;
}

/**
 * The options of `plan compare` for this kata, read once into typed values.
 * @throws PlanError `bad-option`, `one-language`; CommanderError for unknown flags
 */
export function parseCompareOptions(kata: Kata, words: readonly string[]): CompareOptions {
  const command = compareCommand(kata).parse([...words], { from: 'user' });
  const given = command.opts<Record<string, string | boolean | undefined>>();
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' ? value : undefined;
  };
  const strategy = text('strategy');
  const paths = command.opts<{ impl?: readonly string[]; before?: readonly string[] }>();
  const { folder: own, parts } = implOf(kata, paths.impl);
  const before = beforeOf(kata, paths, text('lang'));
  const [word] = [own, ...Object.entries(parts ?? {}).map((part) => part.join('='))].filter(
    (one) => one !== undefined,
  );
  if (word !== undefined && before === undefined && strategy === undefined)
    throw needsStrategy(kata, word);
  return {
    languages: before === undefined ? languagesOf(kata, text('lang'), word) : [],
    own,
    parts,
    before,
    strategy:
      strategy === undefined
        ? undefined
        : oneOf('strategy', strategy, Object.keys(kata.strategies)),
    options: kataOptions(kata, text),
    seed: integerOf('seed', text('seed') ?? String(randomInt(2 ** 31)), 0, 2 ** 32 - 1),
    rounds: integerOf('rounds', text('rounds') ?? '5', 1, 1_000),
    provider: optionalChoice('services', text('services'), providers),
    json: given['json'] === true,
    wide: given['wide'] === true,
  };
}

/** The options of `plan compare` for this kata. */
export function compareCommand(kata: Kata, word = kata.id): Command {
  const t = texts(runTexts);
  const c = texts(compareTexts);
  const command = translateHelp(new Command(`plan compare ${word}`))
    .usage('[options]')
    .description(c.description(word))
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: () => undefined })
    .allowExcessArguments(false)
    .option('--lang <languages>', `${c.optionLang} (${kata.languages.join(',')})`)
    .addOption(new Option('--impl <path>', c.optionImpl).argParser(collected))
    .addOption(new Option('--before <path>', c.optionBefore).argParser(collected))
    .option('--rounds <n>', `${c.optionRounds} (5)`)
    .option(
      '--strategy <strategy>',
      `${c.optionStrategy} (${choicesText(Object.keys(kata.strategies))})`,
    );
  return withKataOptions(command, kata)
    .option('--seed <n>', t.optionSeed)
    .option('--services <provider>', `${t.optionServices} (${providers.join('|')})`)
    .option('--wide', t.optionWide)
    .option('--json', t.optionJson)
    .addOption(new Option('--locale <locale>', texts(mainTexts).localeOption).choices([...locales]))
    .addHelpText(
      'after',
      `\n${exampleOf(
        `plan compare ${word} --lang ${kata.languages.slice(0, 2).join(',')}`,
        `plan compare ${word} --impl ./mine --before ./mine-old`,
      )}`,
    );
}

/** Where the older version is: it stands beside the newer one, and no reference does. */
function beforeOf(
  kata: Kata,
  { impl, before }: { impl?: readonly string[]; before?: readonly string[] },
  lang: string | undefined,
): CompareRequest['before'] {
  if (before === undefined) return undefined;
  const c = texts(compareTexts);
  const both = `plan compare ${kata.id} --impl ./mine --before ${before[0] ?? ''}`;
  if (impl === undefined) throw badOption(c.beforeNeedsImpl, both);
  if (lang !== undefined) throw badOption(c.beforeAlone, both);
  const { folder: own, parts } = implOf(kata, before);
  return { own, parts };
}

/** Only the same way of solving the kata can be compared, and a program need not say which it is. */
function needsStrategy(kata: Kata, own: string): PlanError {
  const t = texts(compareTexts);
  const strategies = Object.keys(kata.strategies);
  return new PlanError({
    code: 'needs-strategy',
    exit: exitCodes.usage,
    what: t.needsStrategy(strategies.join(', ')),
    mend: `plan compare ${kata.id} --impl ${own} --strategy ${strategies.at(-1) ?? ''}`,
  });
}

/** `node,go`, each once. */
function languagesOf(kata: Kata, given: string | undefined, own: string | undefined): string[] {
  const fewest = own === undefined ? 2 : 1;
  const names = (given ?? kata.languages.slice(0, fewest).join(','))
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const languages = [...new Set(names)].flatMap((name) => languageOf(kata, name) ?? []);
  if (languages.length >= fewest) return languages;
  const t = texts(compareTexts);
  throw new PlanError({
    code: 'one-language',
    exit: exitCodes.usage,
    what: t.oneLanguage,
    mend: t.oneLanguageMend(kata.id, kata.languages.slice(0, 2).join(',')),
  });
}
