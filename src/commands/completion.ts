import type { Command, Option } from 'commander';
import { exitCodes, PlanError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { checklistTexts } from '../i18n/checklist.js';
import { texts } from '../i18n/text.js';
import { listKatas } from '../kata/discover.js';
import { hasPrograms, type Kata } from '../kata/define.js';
import { flagOf } from '../kata/options.js';
import { providers } from '../kata/run-record.js';
import { allItems, loadCurriculum } from '../plan/curriculum.js';
import { loadNotes } from '../plan/notes.js';
import { reportCompletion, shells, type Shell } from '../report/terminal/completion.js';
import type { CompletedOption, CompletionModel } from '../report/terminal/completion/model.js';
import { compareCommand } from './compare-options.js';
import { dlqActions } from './dlq.js';
import { runCommand } from './run-options.js';

/** `plan completion bash|zsh|fish`: a script that knows the commands, katas, notes, items and options. */
export async function completion(
  name: string,
  _options: unknown,
  command: Command,
): Promise<undefined> {
  const shell = shellOf(name);
  const program = command.parent ?? command;
  reportCompletion(shell, await modelOf(program));
}

function shellOf(name: string): Shell {
  const found = shells.find((shell) => shell === name.toLowerCase());
  if (found) return found;
  const t = texts(checklistTexts);
  const near = nearest(name, shells);
  throw new PlanError({
    code: 'unknown-shell',
    exit: exitCodes.usage,
    what: t.unknownShell(name),
    mend: near === undefined ? t.shellMend : `plan completion ${near}`,
  });
}

async function modelOf(program: Command): Promise<CompletionModel> {
  const katas = (await listKatas()).map(({ kata }) => kata);
  const items = allItems(loadCurriculum()).map(({ id }) => id);
  const ids = katas.map(({ id }) => id);
  const words: Readonly<Record<string, readonly string[] | undefined>> = {
    run: ids,
    compare: ids,
    show: [...ids, ...loadNotes().map(({ slug }) => slug)],
    doc: ids,
    new: ids,
    check: [...ids, ...items],
    uncheck: [...ids, ...items],
    observe: ['up', 'down', 'status'],
    services: ['up', 'down', 'status'],
    dlq: dlqActions,
    sequence: [],
    trace: [],
    dev: ['check', 'link'],
    completion: shells,
    explain: undefined,
    recheck: undefined,
    replay: undefined,
  };
  return {
    everywhere: [helpOption, ...program.options.map(completed)].filter(
      ({ flag }) => flag !== '--version',
    ),
    commands: program.commands.map((command) => {
      const name = command.name();
      return {
        name,
        description: command.description(),
        options: command.options.map((option) => ({
          ...completed(option),
          ...(name === 'new' && option.long === '--lang' && { values: languagesOf(katas) }),
        })),
        words: name in words ? words[name] : [],
        after: optionsAfterKata(name, katas),
      };
    }),
  };
}

/** All that some kata can be begun in: which of them, `plan new` says. */
function languagesOf(katas: readonly Kata[]): readonly string[] {
  return [...new Set(katas.filter(hasPrograms).flatMap(({ languages }) => languages))];
}

/** What a command takes depends on the kata. */
function optionsAfterKata(name: string, katas: readonly Kata[]): Record<string, CompletedOption[]> {
  const commandOf = name === 'run' ? runCommand : name === 'compare' ? compareCommand : undefined;
  if (!commandOf) return {};
  const offered = katas.filter((kata) => name === 'run' || hasPrograms(kata));
  return Object.fromEntries(
    offered.map((kata) => [
      kata.id,
      commandOf(kata)
        .options.filter(({ hidden }) => !hidden)
        .map((option) => ({ ...completed(option), values: valuesOf(kata, option) })),
    ]),
  );
}

/** The values that the kata allows, where they can be listed. */
function valuesOf(kata: Kata, { long, argChoices = [] }: Option): readonly string[] {
  const choices = Object.entries(kata.options).map(
    ([name, spec]) =>
      [`--${flagOf(name)}`, spec.kind === 'choice' ? [...spec.choices] : []] as const,
  );
  const known: Readonly<Record<string, readonly string[]>> = {
    '--strategy': Object.keys(kata.strategies),
    '--lang': kata.languages,
    '--services': providers,
    ...Object.fromEntries(choices),
  };
  return known[long ?? ''] ?? argChoices;
}

const helpOption: CompletedOption = {
  flag: '--help',
  description: '-h',
  takesValue: false,
  values: [],
};

function completed({
  long,
  short,
  description,
  required,
  argChoices = [],
}: Option): CompletedOption {
  return {
    flag: long ?? short ?? '',
    description: description.replace(/\s+/g, ' '),
    takesValue: required,
    values: argChoices,
  };
}
