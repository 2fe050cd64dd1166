import { Command, Option } from 'commander';
import { randomInt } from 'node:crypto';
import { exitCodes, PlanError } from '../base/errors.js';
import { maskUrl } from '../base/mask.js';
import { wordsOf } from '../base/words.js';
import { castTexts } from '../i18n/cast.js';
import { explainTexts } from '../i18n/explain.js';
import { runTexts } from '../i18n/run.js';
import { mainTexts } from '../i18n/main.js';
import { telemetryTexts } from '../i18n/telemetry.js';
import { locales, say, texts } from '../i18n/text.js';
import { hasPrograms, type Kata } from '../kata/define.js';
import { rolesOf } from '../kata/roles.js';
import { providers, type ProviderName } from '../kata/run-record.js';
import type { RunRequest } from '../lab/run/cases.js';
import { print } from '../report/terminal/output.js';
import { exampleOf, translateHelp } from './help.js';
import { kataOptions, languageOf, withKataOptions } from './kata-options.js';
import { badOption, integerOf, oneOf, optionalChoice } from './option-values.js';
import { choicesText } from './choices.js';

export interface RunOptions extends RunRequest {
  readonly provider: ProviderName | undefined;
  readonly json: boolean;
  /** Whether to ask what is expected: undefined asks before the first lesson. */
  readonly ask: boolean | undefined;
  /** All columns of the table, whatever the width. */
  readonly wide: boolean;
  /** The learner's own, relative to where the command was typed; for --watch. */
  readonly watch: readonly string[] | undefined;
}

/**
 * The options of `plan run` for this kata, read once into typed values.
 * @throws PlanError `bad-option`; CommanderError for unknown flags, which `main` tells
 */
export function parseRunOptions(kata: Kata, words: readonly string[]): RunOptions {
  const command = runCommand(kata).parse([...words], { from: 'user' });
  const given = command.opts<Record<string, string | boolean | undefined>>();
  if (!hasPrograms(kata)) refuseOfPrograms(kata, given);
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' ? value : undefined;
  };
  const cmd = text('cmd');
  const { folder, parts } = implOf(kata, command.opts<{ impl?: readonly string[] }>().impl);
  if (kata.programs && cmd !== undefined)
    throw badOption(texts(castTexts).cmdNeedsOne, texts(castTexts).cmdNeedsOneMend);
  const own = folder ?? (cmd === undefined ? undefined : '.');
  const strategy = text('strategy');
  if (own === undefined && strategy !== undefined)
    oneOf('strategy', strategy, Object.keys(kata.strategies));
  return {
    strategy,
    explain: explained(kata, given),
    ...languagesFor(kata, text('lang'), own !== undefined || parts !== undefined),
    own,
    parts,
    start: cmd === undefined ? undefined : commandOf(cmd),
    options: kataOptions(kata, text),
    acts: actsOf(kata, command.opts<{ act?: readonly string[] }>().act),
    seed: integerOf('seed', text('seed') ?? String(randomInt(2 ** 31)), 0, 2 ** 32 - 1),
    repeat: integerOf('repeat', text('repeat') ?? '1', 1, 10_000),
    provider: optionalChoice('services', text('services'), providers),
    otlp: collectorAt(text('otlp')),
    ...facesOf(given),
    watch:
      given['watch'] === true
        ? watched(
            [...(own === undefined ? [] : [own]), ...Object.values(parts ?? {})],
            given['json'] === true,
          )
        : undefined,
  };
}

/** @throws PlanError `bad-option` with --repeat */
function explained({ id }: Kata, { explain, repeat }: Readonly<Record<string, unknown>>): boolean {
  const t = texts(explainTexts);
  if (explain === true && repeat !== undefined)
    throw badOption(t.notRepeated, t.notExplainedMend(id));
  return explain === true;
}

/** @throws PlanError `bad-option`: what is typed here is stored with the run, and holds no password */
function collectorAt(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isFit = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (isFit) return given;
  throw badOption(texts(telemetryTexts).badUrl(maskUrl(given)), '--otlp http://127.0.0.1:4318');
}

/** How the run is told. */
function facesOf(
  given: Readonly<Record<string, string | boolean | undefined>>,
): Pick<RunOptions, 'json' | 'ask' | 'wide'> {
  return {
    json: given['json'] === true,
    ask: typeof given['ask'] === 'boolean' ? given['ask'] : undefined,
    wide: given['wide'] === true,
  };
}

/**
 * One for all, or of a system `order=node,payment=go`: whoever is not named plays in its first.
 * @throws PlanError `bad-option`
 */
function languagesFor(
  kata: Kata,
  given: string | undefined,
  isOwn: boolean,
): Pick<RunRequest, 'language' | 'languages'> {
  if (kata.programs === undefined || !given?.includes('='))
    return { language: isOwn && kata.programs === undefined ? given : languageOf(kata, given) };
  const known = rolesOf(kata);
  const named = given.split(',').map((part): [string, string] => {
    const [role = '', language = ''] = part.split('=');
    if (!known.includes(role))
      throw badOption(
        texts(castTexts).noSuchRole(role, known.join(', ')),
        `--lang ${known[0]}=${kata.languages[0]}`,
      );
    const languages = kata.programs?.[role]?.languages ?? [];
    return [role, languageOf({ ...kata, languages }, language) ?? language];
  });
  return { language: undefined, languages: Object.fromEntries(named) };
}

/** `./mine`, and of a system `payment=./elsewhere` too. @throws PlanError `bad-option` */
export function implOf(
  kata: Kata,
  given: readonly string[] = [],
): { folder: string | undefined; parts: Record<string, string> | undefined } {
  const t = texts(castTexts);
  const parts: Record<string, string> = {};
  let folder: string | undefined;
  for (const one of given) {
    const [, role, place] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(one) ?? [];
    const isOfRole = kata.programs !== undefined && role !== undefined && place !== undefined;
    if (!isOfRole) folder = one;
    else if (rolesOf(kata).includes(role)) parts[role] = place;
    else {
      const known = rolesOf(kata);
      throw badOption(t.noSuchRole(role, known.join(', ')), `--impl ${known[0]}=./mine`);
    }
  }
  return { folder, parts: Object.keys(parts).length > 0 ? parts : undefined };
}

export function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** In the order of the experiment, each once. @throws PlanError `bad-option` */
function actsOf(kata: Kata, given: readonly string[] | undefined): string[] | undefined {
  if (given === undefined) return undefined;
  const names = Object.keys(kata.acts ?? {});
  const chosen = given.map((name) => oneOf('act', name, names));
  return names.filter((name) => chosen.includes(name));
}

/** Repeatable, and only where there are acts. */
function withActs(command: Command, { acts }: Kata): Command {
  if (acts === undefined) return command;
  const told = Object.entries(acts).map(([name, { title }]) => `${name}: ${say(title)}`);
  const option = new Option('--act <name>', `${texts(runTexts).optionAct} (${told.join('; ')})`);
  const collect = (name: string, before: string[] | undefined) => [...(before ?? []), name];
  return command.addOption(option.argParser(collect));
}

const ofPrograms = ['strategy', 'lang', 'impl', 'cmd', 'watch'] as const;

/** @throws PlanError `no-programs` where the lab plays all parts itself */
function refuseOfPrograms(kata: Kata, given: Readonly<Record<string, unknown>>): void {
  const [flag] = ofPrograms.filter((name) => given[name] !== undefined);
  if (flag !== undefined) throw noPrograms(kata, `--${flag}`);
}

/** @param asked what only makes sense of a program: `--impl`, `plan new` */
export function noPrograms({ id }: Kata, asked: string): PlanError {
  const t = texts(runTexts);
  return new PlanError({
    code: 'no-programs',
    exit: exitCodes.usage,
    what: t.noPrograms(id, asked),
    mend: `plan run ${id}`,
  });
}

/** The options of `plan run` for this kata. @param word what to type for it */
export function runCommand(kata: Kata, word = kata.id): Command {
  const t = texts(runTexts);
  const command = translateHelp(new Command(`plan run ${word}`))
    .usage('[options]')
    .description(descriptionOf(kata))
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: () => undefined })
    .allowExcessArguments(false);
  for (const option of programOptions(kata))
    command.addOption(hasPrograms(kata) ? option : option.hideHelp());
  const own = hasPrograms(kata) ? [`plan run ${word} --impl ./mine`] : [];
  if (kata.telemetry) command.option('--otlp <url>', texts(telemetryTexts).optionOtlp);
  return withActs(withKataOptions(command, kata), kata)
    .option('--repeat <n>', t.optionRepeat)
    .option('--seed <n>', t.optionSeed)
    .option('--services <provider>', `${t.optionServices} (${providers.join('|')})`)
    .option('--ask', t.optionAsk)
    .option('--no-ask', t.optionNoAsk)
    .option('--explain', t.optionExplain)
    .option('--wide', t.optionWide)
    .option('--json', t.optionJson)
    .addOption(new Option('--locale <locale>', texts(mainTexts).localeOption).choices([...locales]))
    .addHelpText('after', `\n${exampleOf(`plan run ${word}`, ...own)}`);
}

function descriptionOf(kata: Kata): string {
  const strategies = Object.entries(kata.strategies);
  const told = hasPrograms(kata)
    ? strategies.map(([name]) => name)
    : strategies.map(([, what]) => say(what));
  return `${say(kata.title)}: ${told.join(', ')}`;
}

/** They are about the program under test: a kata without programs refuses them in words of its own. */
function programOptions({ strategies, languages }: Kata): Option[] {
  const t = texts(runTexts);
  return [
    new Option(
      '--strategy <strategy>',
      `${t.optionStrategy} (${choicesText(Object.keys(strategies))})`,
    ),
    new Option('--lang <language>', `${t.optionLang} (${languages.join('|')})`),
    new Option('--impl <path>', t.optionImpl).argParser(collected),
    new Option('--cmd <command>', t.optionCmd),
    new Option('--watch', t.optionWatch),
  ];
}

/** @throws PlanError where there is nothing to watch, or nobody who would read it */
function watched(own: readonly string[], json: boolean): readonly string[] {
  const t = texts(runTexts);
  if (own.length === 0) throw badOption(t.watchNeedsImpl, '--impl ./mine --watch');
  if (json) throw badOption(t.watchIsForPeople, '--watch');
  return own;
}

function commandOf(cmd: string): string[] {
  const words = wordsOf(cmd);
  if (words.length > 0) return words;
  throw badOption(texts(runTexts).emptyCmd, '--cmd "ruby main.rb"');
}
