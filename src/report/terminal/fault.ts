import { CommanderError } from 'commander';
import { exitCodes, PlanError, type ExitCode } from '../../base/errors.js';
import { systemFault } from '../../base/system-fault.js';
import { typed } from '../../base/words.js';
import { mainTexts } from '../../i18n/main.js';
import type { Locale } from '../../i18n/text.js';
import { hasKata } from '../../kata/discover.js';
import { placeholders } from './placeholders.js';
import { printJson, printProgress } from './output.js';
import { style } from './style.js';

interface Told {
  code: string;
  exit: ExitCode;
  what: string;
  mend?: string | undefined;
}

/** Tells what happened and what mends it, and gives the exit code. */
export function reportFault(locale: Locale, error: unknown, argv: readonly string[]): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
  const fault = describe(locale, error, argv);
  const { code, what, mend } = fault;
  if (argv.includes('--json') && code !== 'output-not-writable')
    whereItCanBe(() => printJson({ error: { code, what, mend } }));
  whereItCanBe(() => {
    printProgress(`${style.red('✘')} ${what}`);
    if (mend !== undefined) printProgress(`  ${mainTexts[locale].mend}: ${mend}`);
    if (process.env['PLAN_DEBUG'] && error instanceof Error) printProgress(error.stack ?? '');
  });
  return fault.exit;
}

/** Where not even a fault can be told, its exit code still can. */
function whereItCanBe(tell: () => void): void {
  try {
    tell();
  } catch {
    // The terminal is gone, or the disk behind it is full.
  }
}

function describe(locale: Locale, error: unknown, argv: readonly string[]): Told {
  if (error instanceof PlanError) return { ...pick(error), what: error.message };
  if (error instanceof CommanderError) return usageFault(locale, error, argv);
  const system = systemFault(error);
  if (system) return { ...pick(system), what: system.message };
  const t = mainTexts[locale];
  const detail = error instanceof Error ? error.message : String(error);
  // inquirer throws this when Ctrl-C ends a question.
  if (error instanceof Error && error.name === 'ExitPromptError')
    return { code: 'interrupted', exit: exitCodes.interrupted, what: t.interrupted };
  return {
    code: 'defect',
    exit: exitCodes.defect,
    what: `${t.defect} (${detail})`,
    mend: t.defectMend,
  };
}

function pick({ code, exit, mend }: PlanError): Omit<Told, 'what'> {
  return { code, exit, mend };
}

/** commander's words are English only; what it found is read out of them. */
function usageFault(locale: Locale, error: CommanderError, argv: readonly string[]): Told {
  const t = mainTexts[locale];
  const quoted = placeholders(locale, /'([^']*)'/.exec(error.message)?.[1] ?? '');
  const whats: Record<string, string> = {
    'commander.unknownCommand': t.unknownCommand(quoted),
    'commander.unknownOption': t.unknownOption(quoted),
    'commander.missingArgument': t.missingArgument(quoted),
    'commander.optionMissingArgument': t.missingValue(quoted),
    'commander.invalidArgument': badValue(locale, error.message),
    'commander.excessArguments': t.tooMany,
  };
  return {
    code: error.code.replace('commander.', ''),
    exit: exitCodes.usage,
    what: whats[error.code] ?? error.message,
    mend: mendOf(locale, error, quoted, argv),
  };
}

function badValue(locale: Locale, message: string): string {
  const t = mainTexts[locale];
  const found = /option '([^' ]+).*argument '(.*)' is invalid\. Allowed choices are (.*)\.$/.exec(
    message,
  );
  if (!found) return t.badValue(message.replace(/^error: /, ''));
  const [, option = '', value = '', choices = ''] = found;
  return t.badChoice(option, value, choices);
}

/** The nearest name; of a kata what runs it; else the help of the command that was typed. */
function mendOf(
  locale: Locale,
  { code, message }: CommanderError,
  word: string,
  argv: readonly string[],
): string {
  const t = mainTexts[locale];
  const nearest = /Did you mean (?:one of )?([^?,]+)/.exec(message)?.[1];
  if (nearest !== undefined) return t.didYouMean(nearest.trim());
  if (code !== 'commander.unknownCommand') return t.seeHelp(`${typedCommand(argv)} --help`);
  return hasKata(word) ? `plan run ${word}` : t.seeHelp('plan --help');
}

/** `plan new`; of those whose options are the kata's, with the kata: `plan run kata-4`. */
function typedCommand(argv: readonly string[]): string {
  const at = argv.findIndex((word, n) => !word.startsWith('-') && argv[n - 1] !== '--locale');
  const [command, kata] = argv.slice(Math.max(0, at));
  if (at < 0 || command === undefined) return 'plan';
  const hasOwn = (command === 'run' || command === 'compare') && kata !== undefined;
  return typed(hasOwn && !kata.startsWith('-') ? ['plan', command, kata] : ['plan', command]);
}
