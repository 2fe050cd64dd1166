import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from './errors.js';

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never comes back where
 * the file system says of a folder in a folder that is there that it is not, as /proc does.
 * @returns the topmost that was made; undefined where all were there
 * @throws the file system's own error
 */
export function makeFolders(folder: string, mode = 0o777): string | undefined {
  const parent = path.dirname(folder);
  const isMissing = statSync(parent, { throwIfNoEntry: false }) === undefined;
  const topmost = isMissing && parent !== folder ? makeFolders(parent, mode) : undefined;
  return makeOne(folder, mode) ? (topmost ?? folder) : topmost;
}

/** @returns false where it is there already, if only since a moment ago */
function makeOne(folder: string, mode: number): boolean {
  try {
    mkdirSync(folder, mode);
    return true;
  } catch (error) {
    const isThere = errorCode(error) === 'EEXIST' || errorCode(error) === 'EROFS';
    if (isThere && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true)
      return false;
    throw error;
  }
}
