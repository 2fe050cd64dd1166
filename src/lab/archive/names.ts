import { readdir, stat } from 'node:fs/promises';
import { errorCode } from '../../base/errors.js';

/** By the time in their names; the second of one second is `…Z-2`. */
export async function runNames(parent: string): Promise<string[]> {
  try {
    const entries = await readdir(parent, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}

export async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
