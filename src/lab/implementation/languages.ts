import type { LanguageId } from '../../kata/define.js';
import { go } from './languages/go.js';
import { java } from './languages/java.js';
import { node } from './languages/node.js';
import { python } from './languages/python.js';
import { rust } from './languages/rust.js';

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
   * What the program needs beside its sources, asked for before every build; it keeps what it has
   * made in a cache of its own.
   * @returns the toolchain to go on with
   * @throws PlanError `build-failed` (exit 1), `no-toolchain` (exit 4)
   */
  prepare?(job: PrepareJob): Promise<Toolchain>;
  /**
   * Builds into an empty folder.
   * @throws PlanError `build-failed` (exit 1)
   */
  build(job: BuildJob): Promise<void>;
  /** The command that starts what `build` has put into the folder `output`. */
  commandOf(made: Made): readonly string[];
  /** Variables that every program of the language gets. */
  environmentOf?(kit: string | undefined): Readonly<Record<string, string>>;
}

export interface Entry {
  /** Absolute; undefined where the language builds the folder as a whole. */
  readonly file: string | undefined;
}

export interface Toolchain {
  /** `Node 20.20.2`, `go1.26.8` */
  readonly version: string;
  /** Its command: a name on the PATH, or absolute. */
  readonly command: string;
}

export interface PrepareJob {
  readonly folder: string;
  readonly toolchain: Toolchain;
  readonly signal: AbortSignal;
  readonly onProgress?: ((text: string) => void) | undefined;
}

export interface Made {
  readonly entry: string | undefined;
  readonly output: string;
  readonly toolchain: Toolchain;
}

export interface BuildJob extends Made {
  readonly folder: string;
  /** All of it: the folder, or the one file. */
  readonly sources: string;
  /** What the references of a language share; undefined for a learner's own. */
  readonly kit: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Takes the files that went in, absolute, where they may lie outside of the hashed sources. */
  readonly readFrom: (files: readonly string[]) => void;
}

export const languages: Readonly<Record<LanguageId, Language>> = { node, go, rust, python, java };

export const languageIds = Object.keys(languages) as readonly LanguageId[];

export function isLanguage(name: string): name is LanguageId {
  return Object.hasOwn(languages, name);
}
