import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { exitCodes, PlanError } from '../../../base/errors.js';
import { implementationTexts } from '../../../i18n/implementation.js';
import { texts } from '../../../i18n/text.js';
import { buildFailed, wordsOf, type FailureKind } from '../build-failed.js';
import type { BuildJob, Language } from '../languages.js';

const binaryName = 'program';

/** One package main, built with the learner's own `go`, modules from their own module cache. */
export const go: Language = {
  title: 'Go',
  extensions: ['.go'],
  async findEntry(folder) {
    const names = await readdir(folder);
    const found = names.includes('go.mod') || names.some((name) => name.endsWith('.go'));
    return found ? { file: undefined } : undefined;
  },
  async findToolchain(folder) {
    try {
      const { execa } = await import('execa');
      const { stdout } = await execa('go', ['env', 'GOVERSION'], { cwd: folder });
      return { version: stdout.trim(), command: 'go' };
    } catch (cause) {
      throw missing(cause);
    }
  },
  async build({ folder, entry, output, toolchain, signal }: BuildJob) {
    const { execa, ExecaError } = await import('execa');
    const target = entry === undefined ? '.' : path.basename(entry);
    const args = ['build', '-o', path.join(output, binaryName), target];
    try {
      await execa(toolchain.command, args, {
        cwd: folder,
        all: true,
        cancelSignal: signal,
        // The binary speaks to the network through Go alone; a C compiler is not asked for.
        env: { CGO_ENABLED: '0' },
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ExecaError)) throw error;
      const words = wordsOf(error) || error.shortMessage;
      throw buildFailed(folder, words, kindOf(words));
    }
    return (await readdir(folder)).map((name) => path.join(folder, name));
  },
  commandOf: (output) => [path.join(output, binaryName)],
};

function kindOf(words: string): FailureKind {
  return /no required module|missing go\.sum|dial tcp|module lookup disabled|go: download/.test(
    words,
  )
    ? 'modules'
    : 'sources';
}

function missing(cause: unknown): PlanError {
  return new PlanError({
    code: 'no-toolchain',
    exit: exitCodes.environment,
    what: texts(implementationTexts).noToolchain('Go'),
    mend: os.platform() === 'darwin' ? 'brew install go' : 'sudo apt-get install golang',
    cause,
  });
}
