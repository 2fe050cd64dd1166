import os from 'node:os';
import { errorCode, exitCodes, PlanError } from '../../../base/errors.js';
import { implementationTexts } from '../../../i18n/implementation.js';
import { texts } from '../../../i18n/text.js';
import { buildFailed, type FailureKind } from '../build-failed.js';
import { CommandFailed } from '../command-failed.js';
import { runInGroup } from '../in-group.js';

interface Install {
  /** Debian and Ubuntu. */
  readonly linux: string;
  readonly mac: string;
}

/** A language that is not on this machine, with the command that installs it. */
export function missingToolchain(title: string, install: Install, cause?: unknown): PlanError {
  return new PlanError({
    code: 'no-toolchain',
    exit: exitCodes.environment,
    what: texts(implementationTexts).noToolchain(title),
    mend: os.platform() === 'darwin' ? install.mac : install.linux,
    cause,
  });
}

/** What a command prints, stdout before stderr. @throws where it is missing or fails */
export async function askTool(command: string, args: readonly string[], cwd?: string) {
  const { execa } = await import('execa');
  const { all } = await execa(command, args, { all: true, ...(cwd !== undefined && { cwd }) });
  return all.trim();
}

interface Tool {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it runs, and what a failure names. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly kindOf: (words: string) => FailureKind;
  /** What to say where the command is not there. */
  readonly missing?: (cause: unknown) => PlanError;
}

/**
 * Runs a compiler, or what else a build needs.
 * @returns its stdout
 * @throws PlanError `build-failed` with its own words, `no-toolchain` where it is not there
 */
export async function runTool(tool: Tool): Promise<string> {
  const { command, args, folder, env, signal, kindOf } = tool;
  try {
    return await runInGroup({ file: command, args, cwd: folder, env, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof CommandFailed)) throw error;
    if (errorCode(error) === 'ENOENT' && tool.missing) throw tool.missing(error);
    const words = error.all.trim() || error.message;
    throw buildFailed(folder, words, kindOf(words));
  }
}
