import type { LanguageId } from '../../kata/define.js';
import { go } from './languages/go.js';
import { node } from './languages/node.js';

/** How the programs of one language are found, built and started. */
export interface Language {
  /** As people write it: `Node`, `Go`. */
  readonly title: string;
  /** Names of single files that are a whole program. */
  readonly extensions: readonly string[];
  /** Where a folder's program begins; undefined where it holds none in this language. */
  findEntry(folder: string): Promise<Entry | undefined>;
  /** @throws PlanError `no-toolchain` (exit 4) */
  findToolchain(folder: string): Promise<Toolchain>;
  /**
   * Builds into an empty folder.
   * @returns the files that went into it, absolute
   * @throws PlanError `build-failed` (exit 1)
   */
  build(job: BuildJob): Promise<readonly string[]>;
  /** The command that starts what `build` has put into the folder. */
  commandOf(output: string, toolchain: Toolchain): readonly string[];
}

export interface Entry {
  /** Absolute; undefined where the language builds the folder as a whole. */
  readonly file: string | undefined;
}

export interface Toolchain {
  /** `Node 20.20.2`, `go1.26.8` */
  readonly version: string;
  /** Absolute path of its command. */
  readonly command: string;
}

export interface BuildJob {
  readonly folder: string;
  readonly entry: string | undefined;
  readonly output: string;
  readonly toolchain: Toolchain;
  readonly signal: AbortSignal;
}

export const languages: Readonly<Record<LanguageId, Language>> = { node, go };

export const languageIds = Object.keys(languages) as readonly LanguageId[];

export function isLanguage(name: string): name is LanguageId {
  return Object.hasOwn(languages, name);
}
