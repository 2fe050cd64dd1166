import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
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
  async build(job: BuildJob) {
    const { folder, output, toolchain, signal } = job;
    const program = await packageOf(job);
    await runTool({
      command: toolchain.command,
      args: ['build', '-o', path.join(output, binaryName), ...program],
      folder,
      // The binary speaks to the network through Go alone; a C compiler is not asked for.
      env: { CGO_ENABLED: '0' },
      signal,
      kindOf,
    });
    if (await reachesOutside(folder)) job.readFrom(await filesOf(program, job));
  },
  commandOf: ({ output }) => [path.join(output, binaryName)],
};

/** Without a go.mod, here or further up, the files are named one by one. */
async function packageOf({ folder, entry }: BuildJob): Promise<string[]> {
  if (entry !== undefined) return [path.basename(entry)];
  if (isInModule(folder)) return ['.'];
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'));
}

function isInModule(folder: string): boolean {
  if (existsSync(path.join(folder, 'go.mod'))) return true;
  const parent = path.dirname(folder);
  return parent !== folder && isInModule(parent);
}

/** A module replaced by a folder next door, or one that begins further up. */
async function reachesOutside(folder: string): Promise<boolean> {
  try {
    const module = await readFile(path.join(folder, 'go.mod'), 'utf8');
    return /=>\s*\.{0,2}\//.test(module);
  } catch {
    return isInModule(folder);
  }
}

/** The module cache never changes, nor does what comes with Go. */
async function filesOf(
  program: readonly string[],
  { folder, toolchain, signal }: BuildJob,
): Promise<string[]> {
  const files = '{{$dir := .Dir}}{{range .GoFiles}}{{$dir}}/{{.}}\n{{end}}';
  const embedded = '{{range .EmbedFiles}}{{$dir}}/{{.}}\n{{end}}';
  const listed = await runTool({
    command: toolchain.command,
    args: ['list', '-deps', '-f', `{{if not .Standard}}${files}${embedded}{{end}}`, ...program],
    folder,
    signal,
    kindOf,
  });
  return listed.split('\n').filter((file) => path.isAbsolute(file) && !file.includes('/pkg/mod/'));
}

function kindOf(words: string): FailureKind {
  return /no required module|missing go\.sum|dial tcp|module lookup disabled|go: download/.test(
    words,
  )
    ? 'modules'
    : 'sources';
}
