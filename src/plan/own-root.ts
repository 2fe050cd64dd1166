import { realpathSync } from 'node:fs';
import { packageRoot } from '../base/package.js';
import { readProgress } from './progress.js';

/**
 * The root in which a run may be noted without being asked. The clone of plan brings a progress.json
 * along: while that is as it was cloned, nobody studies there, and what runs in it leaves the clone
 * as git knows it. `plan init --start` or a first tick makes it somebody's.
 */
export function ownRoot(root: string | undefined): string | undefined {
  return root === undefined || isUntouchedClone(root) ? undefined : root;
}

function isUntouchedClone(root: string): boolean {
  try {
    if (realpathSync(root) !== realpathSync(packageRoot)) return false;
    const { startedOn, locale, items, katas } = readProgress(root);
    const isEmpty = [items, katas].every((all) => Object.keys(all).length === 0);
    return isEmpty && startedOn === null && locale === null;
  } catch {
    // Whoever writes to it tells what is wrong.
    return false;
  }
}
