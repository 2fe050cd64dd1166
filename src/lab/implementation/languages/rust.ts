import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../../base/folders.js';
import { implementationTexts } from '../../../i18n/implementation.js';
import { texts } from '../../../i18n/text.js';
import { aloneIn } from '../alone.js';
import { buildFailed, type FailureKind } from '../build-failed.js';
import { isFile, isObject } from '../files.js';
import type { BuildJob, Language } from '../languages.js';
import { askTool, missingToolchain, runTool } from './toolchain.js';

const binaryName = 'program';
/** Debian's own Rust is older than what most crates ask for; rustup's is the newest. */
const rustup = "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh";
const install = { linux: rustup, mac: 'brew install rust' };

/** A package with one binary, built by cargo; or one file without dependencies, by rustc. */
export const rust: Language = {
  title: 'Rust',
  extensions: ['.rs'],
  async findEntry(folder) {
    const names = await readdir(folder);
    if (names.includes('Cargo.toml')) return { file: undefined };
    return names.includes('main.rs') ? { file: path.join(folder, 'main.rs') } : undefined;
  },
  async findToolchain(folder) {
    try {
      // `rustc 1.95.0 (59807616e 2026-04-14)`
      const version = (await askTool('rustc', ['--version'], folder)).split(' ')[1] ?? '?';
      if (await isFile(path.join(folder, 'Cargo.toml')))
        await askTool('cargo', ['--version'], folder);
      return { version: `Rust ${version}`, command: 'cargo' };
    } catch (cause) {
      throw missingToolchain('Rust', install, cause);
    }
  },
  async build(job) {
    await (job.entry === undefined ? buildPackage(job) : buildFile(job, job.entry));
  },
  commandOf: ({ output }) => [path.join(output, binaryName)],
};

async function buildFile({ folder, output, signal }: BuildJob, entry: string): Promise<void> {
  const binary = path.join(output, binaryName);
  const args = ['--edition', '2021', '-O', '--color', 'never', '-o', binary, path.basename(entry)];
  await runTool({ command: 'rustc', args, folder, signal, kindOf });
}

/**
 * Every package shares one target folder, so that a dependency is compiled once. Cargo itself lets
 * two builds wait for one another, but a binary must also be copied before the next build begins.
 */
async function buildPackage(job: BuildJob): Promise<void> {
  const { folder, output, signal } = job;
  const target = path.join(cacheFolder(), 'rust');
  if (!existsSync(target)) job.onProgress?.(texts(implementationTexts).firstRust);
  await aloneIn(target, signal, async () => {
    let made = await cargoBuild(job, target);
    const doubtful = made.filter(({ fresh, manifest }) => fresh && isWithin(folder, manifest));
    if (doubtful.length > 0) {
      await forget(target, doubtful);
      made = await cargoBuild(job, target);
    }
    const binary = binaryOf(made, folder);
    await copyFile(binary, path.join(output, binaryName));
    job.readFrom(await inputsOf(binary));
  });
}

interface Artifact {
  readonly manifest: string;
  readonly executable: string | undefined;
  /** Cargo took it from an earlier build. */
  readonly fresh: boolean;
}

async function cargoBuild(
  { folder, kit, signal }: BuildJob,
  target: string,
): Promise<readonly Artifact[]> {
  const args = ['build', '--release', '--message-format', 'json-render-diagnostics'];
  // A reference is built as it was tested; a learner may have changed Cargo.toml since.
  if (kit !== undefined) args.push('--locked');
  const env = { CARGO_TARGET_DIR: target, CARGO_TERM_COLOR: 'never' };
  const messages = await runTool({ command: 'cargo', args, folder, env, signal, kindOf });
  return messages.split('\n').flatMap(artifactIn);
}

/** Cargo says in one JSON a line what it has made. */
function artifactIn(line: string): Artifact[] {
  const message: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  if (!isObject(message) || message['reason'] !== 'compiler-artifact') return [];
  const { manifest_path: manifest, executable, fresh } = message;
  return [
    {
      manifest: String(manifest),
      executable: typeof executable === 'string' ? executable : undefined,
      fresh: fresh === true,
    },
  ];
}

/**
 * Cargo tells packages of the same name in different folders apart only by the times of their
 * files: what it takes for unchanged may be another folder's. So it is made to forget them.
 */
async function forget(target: string, artifacts: readonly Artifact[]): Promise<void> {
  const fingerprints = path.join(target, 'release', '.fingerprint');
  const names = new Set(await Promise.all(artifacts.map(({ manifest }) => packageName(manifest))));
  for (const entry of await readdir(fingerprints))
    if (names.has(entry.replace(/-[0-9a-f]{16}$/, '')))
      await rm(path.join(fingerprints, entry), { recursive: true, force: true });
}

async function packageName(manifest: string): Promise<string | undefined> {
  const [, inPackage = ''] = /^\[package\]([^]*)/m.exec(await readFile(manifest, 'utf8')) ?? [];
  return /^\s*name\s*=\s*["']([^"']+)/m.exec(inPackage)?.[1];
}

/** A package may depend on another folder: beside its binary, cargo lists all that it read. */
async function inputsOf(binary: string): Promise<string[]> {
  const listed = await readFile(`${binary}.d`, 'utf8').catch(() => '');
  // `/target/mine: /mine/src/main.rs /my\\ kit/src/lib.rs`
  const [, ...files] = listed.trim().split(/(?<!\\)\s+/);
  return files.map((file) => file.replaceAll('\\ ', ' '));
}

function binaryOf(made: readonly Artifact[], folder: string): string {
  const binaries = made.flatMap(({ executable }) => executable ?? []);
  const [only] = binaries;
  if (only !== undefined && binaries.length === 1) return only;
  const main = binaries.find((file) => path.basename(file) === 'main');
  if (main !== undefined) return main;
  const t = texts(implementationTexts);
  const names = binaries.map((file) => path.basename(file)).sort();
  const what = only === undefined ? t.noBinary : t.severalBinaries(names.join(', '));
  throw buildFailed(folder, what, 'sources');
}

function isWithin(folder: string, file: string): boolean {
  return !path.relative(folder, file).startsWith('..');
}

function kindOf(words: string): FailureKind {
  if (/failed to (?:get|download|fetch|query)|unable to update|offline/i.test(words))
    return 'crates';
  if (/requires rustc|edition2024|lock file version|newer version of Cargo/.test(words))
    return 'old-rust';
  return /linker `.+` not found/.test(words) ? 'linker' : 'sources';
}
