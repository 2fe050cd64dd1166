import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { FailureKind } from '../build-failed.js';
import type { BuildJob, Language } from '../languages.js';
import { askTool, missingToolchain, runTool } from './toolchain.js';

const binaryName = 'program';
const install = { linux: 'sudo apt-get install golang', mac: 'brew install go' };

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
      return { version: await askTool('go', ['env', 'GOVERSION'], folder), command: 'go' };
    } catch (cause) {
      throw missingToolchain('Go', install, cause);
    }
  },
  async build({ folder, entry, output, toolchain, signal }: BuildJob) {
    const target = entry === undefined ? '.' : path.basename(entry);
    await runTool({
      command: toolchain.command,
      args: ['build', '-o', path.join(output, binaryName), target],
      folder,
      // The binary speaks to the network through Go alone; a C compiler is not asked for.
      env: { CGO_ENABLED: '0' },
      signal,
      kindOf,
    });
  },
  commandOf: ({ output }) => [path.join(output, binaryName)],
};

function kindOf(words: string): FailureKind {
  return /no required module|missing go\.sum|dial tcp|module lookup disabled|go: download/.test(
    words,
  )
    ? 'modules'
    : 'sources';
}
