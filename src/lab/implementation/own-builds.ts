import path from 'node:path';
import type { Implementation } from './types.js';

type Named = Pick<Implementation, 'folder' | 'hash'>;

/**
 * For which sources the build commands of a system's roles were run last, while it is watched: a save
 * in one role builds that one alone. What lies beside the folders of all roles may be read by any.
 */
export class OwnBuilds {
  readonly #folders = new Set<string>();
  /** By folder: the sources that were built. */
  readonly #built = new Map<string, string>();

  isCurrent({ folder, hash }: Named): boolean {
    this.#folders.add(folder);
    return this.#built.get(folder) === hash;
  }

  /** By the hash of before it: who saves meanwhile has it built again. */
  built({ folder, hash }: Named): void {
    this.#built.set(folder, hash);
  }

  /** @param files absolute; also such as are gone */
  changed(files: readonly string[]): void {
    const isRoles = (file: string): boolean =>
      [...this.#folders].some((folder) => `${file}${path.sep}`.startsWith(`${folder}${path.sep}`));
    if (!files.every(isRoles)) this.forget();
  }

  forget(): void {
    this.#built.clear();
  }
}
