import { CommanderError } from 'commander';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { systemFault } from '../base/system-fault.js';
import { mainTexts } from '../i18n/main.js';
import { texts } from '../i18n/text.js';
import { printJson, printProgress } from './output.js';
import { style } from './style.js';

interface Told {
  code: string;
  exit: ExitCode;
  what: string;
  mend?: string | undefined;
}

/** Tells what happened and what mends it, and gives the exit code. */
export function reportFault(error: unknown, argv: readonly string[]): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
  const fault = describe(error);
  const { code, what, mend } = fault;
  if (argv.includes('--json') && code !== 'output-not-writable')
    whereItCanBe(() => printJson({ error: { code, what, mend } }));
  whereItCanBe(() => {
    printProgress(`${style.red('✘')} ${what}`);
    if (mend !== undefined) printProgress(`  ${texts(mainTexts).mend}: ${mend}`);
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

function describe(error: unknown): Told {
  if (error instanceof PlanError) return { ...pick(error), what: error.message };
  if (error instanceof CommanderError) return usageFault(error);
  const system = systemFault(error);
  if (system) return { ...pick(system), what: system.message };
  const t = texts(mainTexts);
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
function usageFault(error: CommanderError): Told {
  const t = texts(mainTexts);
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const nearest = /Did you mean (?:one of )?([^?,]+)/.exec(error.message)?.[1];
  const whats: Record<string, string> = {
    'commander.unknownCommand': t.unknownCommand(quoted),
    'commander.unknownOption': t.unknownOption(quoted),
    'commander.missingArgument': t.missingArgument(quoted),
    'commander.optionMissingArgument': t.missingValue(quoted),
    'commander.invalidArgument': t.badValue(error.message.replace(/^error: /, '')),
    'commander.excessArguments': t.tooMany,
  };
  return {
    code: error.code.replace('commander.', ''),
    exit: exitCodes.usage,
    what: whats[error.code] ?? error.message,
    mend: nearest === undefined ? t.seeHelp('plan --help') : t.didYouMean(nearest.trim()),
  };
}
