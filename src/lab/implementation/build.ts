import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../base/make-folders.js';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { cacheFolder } from '../../base/folders.js';
import { implementationTexts } from '../../i18n/implementation.js';
import { texts } from '../../i18n/text.js';
import { buildFailed } from './build-failed.js';
import { CommandFailed } from './command-failed.js';
import { isFile } from './files.js';
import { runInGroup } from './in-group.js';
import { inputsAreTheSame, recordInputs } from './inputs.js';
import { prune, putInPlace, touched } from './kept-builds.js';
import { languages, type Language, type Toolchain } from './languages.js';
import type { BuildContext, Built, Implementation } from './types.js';

/** Raised whenever the lab itself builds differently from the same sources. */
const buildVersion = 3;
const keptBuilds = 20;

/**
 * Builds an implementation, or takes it from the cache where the same sources were built before.
 * @throws PlanError `build-failed` (exit 1) with the compiler's words, `no-toolchain` (exit 4),
 *   `cache-not-writable` (exit 4)
 */
export async function buildImplementation(
  implementation: Implementation,
  context: BuildContext,
): Promise<Built> {
  context.signal.throwIfAborted();
  const { ownBuilds } = context;
  const isCurrent = ownBuilds?.isCurrent(implementation) ?? false;
  if (implementation.build && !isCurrent) {
    await ownBuild(implementation, implementation.build, context);
    ownBuilds?.built(implementation);
  }
  const { language, start, folder } = implementation;
  if (start !== undefined) return ownStart(implementation, start);
  if (language === 'command') throw new Error('a command implementation has a start command');
  const known = languages[language];
  const found = await known.findToolchain(folder);
  const toolchain = (await known.prepare?.({ ...context, folder, toolchain: found })) ?? found;
  const output = await cachedBuild(implementation, known, toolchain, context);
  return {
    command: known.commandOf({ output, entry: implementation.entry, toolchain }),
    cwd: folder,
    env: known.environmentOf?.(implementation.kit) ?? {},
    runtime: toolchain.version,
    language,
  };
}

/** The learner's own build command, run for every run: only it knows what it depends on. */
async function ownBuild(
  { folder }: Implementation,
  [file = '', ...args]: readonly string[],
  { signal, onProgress, onNotice }: BuildContext,
): Promise<void> {
  onProgress?.(texts(implementationTexts).building(folder, file));
  try {
    const onLeftRunning = (): void => onNotice?.(texts(implementationTexts).leftRunning(file));
    await runInGroup({ file, args, cwd: folder, signal, onLeftRunning });
  } catch (error: unknown) {
    signal.throwIfAborted();
    if (!(error instanceof CommandFailed)) throw error;
    if (errorCode(error) === 'ENOENT') throw commandNotFound(file, error);
    const words = error.all.trim();
    const ended = texts(implementationTexts).noWords(String(error.exitCode ?? error.signal));
    throw buildFailed(folder, words === '' ? ended : words, 'sources');
  }
}

async function ownStart(
  { folder, language }: Implementation,
  start: readonly string[],
): Promise<Built> {
  const [file = '', ...args] = start;
  // `node` means the Node that runs this program; a relative path begins at the folder.
  const command = file === 'node' ? process.execPath : file;
  const place = path.resolve(folder, file);
  const program = file.includes('/') && (await isFile(place)) ? place : command;
  return {
    command: [program, ...args],
    cwd: folder,
    env: {},
    runtime: await runtimeOf(language, folder, file),
    language,
  };
}

async function runtimeOf(
  language: Implementation['language'],
  folder: string,
  file: string,
): Promise<string> {
  if (language === 'command') return file === 'node' ? `Node ${process.versions.node}` : file;
  return (await languages[language].findToolchain(folder)).version;
}

/** Built aside and renamed in, so that a half-made build is never used, and two can't mix. */
async function cachedBuild(
  implementation: Implementation,
  language: Language,
  toolchain: Toolchain,
  context: BuildContext,
): Promise<string> {
  const { folder, entry, hash, kit } = implementation;
  const builds = path.join(cacheFolder(), 'builds');
  const key = [buildVersion, language.title, toolchain.version, hash, folder, entry].join('\n');
  const output = path.join(builds, createHash('sha256').update(key).digest('hex').slice(0, 32));
  if ((await inputsAreTheSame(output)) && (await touched(output))) return output;
  const { signal, onProgress } = context;
  onProgress?.(texts(implementationTexts).building(path.basename(folder), language.title));
  const aside = `${output}.${randomUUID()}.aside`;
  try {
    await writable(() => makeFolders(aside), builds);
    const sources = implementation.path;
    const inputs: string[] = [];
    const readFrom = (files: readonly string[]): void => void inputs.push(...files);
    const made = { entry, output: aside, toolchain };
    await language.build({ ...made, folder, sources, kit, signal, onProgress, readFrom });
    await recordInputs(aside, inputs);
    if (!(await inputsAreTheSame(output))) await rm(output, { recursive: true, force: true });
    await putInPlace(aside, output);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  await prune(builds, keptBuilds);
  return output;
}

async function writable(task: () => unknown, folder: string): Promise<void> {
  try {
    await task();
  } catch (cause) {
    const t = texts(implementationTexts);
    throw new PlanError({
      code: 'cache-not-writable',
      exit: exitCodes.environment,
      what: t.cacheNotWritable(folder, errorMessage(cause)),
      mend: t.cacheNotWritableMend,
      cause,
    });
  }
}

function commandNotFound(file: string, cause: unknown): PlanError {
  const t = texts(implementationTexts);
  return new PlanError({
    code: 'command-not-found',
    exit: exitCodes.environment,
    what: t.commandNotFound(file),
    mend: t.commandNotFoundMend(file),
    cause,
  });
}
