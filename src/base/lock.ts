import { mkdir, rmdir, stat } from 'node:fs/promises';
import { lock } from 'proper-lockfile';
import { errorCode } from './errors.js';

/** For the library: no lock is stale by itself. Milliseconds. */
const never = 100 * 365 * 24 * 60 * 60 * 1000;

/** The folder that is the lock of a file or folder. */
export function lockFolderOf(target: string): string {
  return `${target}.lock`;
}

/**
 * Takes the lock of a file or folder, or clears it away where its owner was killed, so that the
 * next try may have it.
 *
 * @param staleAfterMs a lock that nobody has renewed for so long belongs to nobody
 * @returns how to give it back, which never throws; undefined where it could not be had now
 * @throws the file system's own error
 */
export async function tryLock(
  target: string,
  staleAfterMs: number,
): Promise<(() => Promise<void>) | undefined> {
  try {
    const release = await lock(target, {
      realpath: false,
      // The library clears a stale lock in two steps, between which another may have taken it
      // anew: then two would hold it. Clearing is done below, by one at a time.
      stale: never,
      update: staleAfterMs / 4,
      // Told in a timer, where nobody could catch it.
      onCompromised: () => undefined,
    });
    // One that was taken from us, or lies on a disk that just went away, can't be given back.
    return () => release().catch(() => undefined);
  } catch (error) {
    if (errorCode(error) !== 'ELOCKED') throw error;
    await clearIfStale(lockFolderOf(target), staleAfterMs);
    return undefined;
  }
}

/**
 * Removes a lock that nobody renews. A second lock guards looking and removing, so that no other
 * program can put a living lock in its place in between.
 */
async function clearIfStale(folder: string, staleAfterMs: number): Promise<void> {
  if (!(await isStale(folder, staleAfterMs))) return;
  const guard = `${folder}.clearing`;
  try {
    await mkdir(guard);
  } catch {
    // Held for two calls of the file system: an old one belongs to a program killed between them.
    if (await isStale(guard, staleAfterMs)) await remove(guard);
    return;
  }
  try {
    if (await isStale(folder, staleAfterMs)) await remove(folder);
  } finally {
    await remove(guard);
  }
}

/** Locks as they were first seen: when they were last renewed by their own clock, and ours. */
const seen = new Map<string, { readonly renewed: number; readonly at: number }>();

/**
 * By its time; and where that lies ahead, after the clock was set back or on another machine's disk,
 * by having been watched for so long without being renewed.
 */
async function isStale(folder: string, staleAfterMs: number): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return false;
  const { mtimeMs: renewed } = found;
  if (renewed <= Date.now()) return renewed < Date.now() - staleAfterMs;
  const known = seen.get(folder);
  if (known?.renewed === renewed) return performance.now() - known.at > staleAfterMs;
  seen.set(folder, { renewed, at: performance.now() });
  return false;
}

async function remove(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}
