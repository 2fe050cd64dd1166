import { mkdir, rmdir, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { lock as take } from 'proper-lockfile';
import { errorCode } from '../../base/errors.js';
import { busyFault } from './faults.js';

/** A lock that nobody has renewed for so long belongs to a program that was killed. Milliseconds. */
const staleAfter = 5_000;
/** For the library: a lock is never stale by itself. Milliseconds. */
const never = 100 * 365 * 24 * 60 * 60 * 1000;
/** How long to wait for the lock in all: a stale one, and then a long queue. Milliseconds. */
const patience = 60_000;

export interface Held {
  /** False where somebody took the lock for stale, as after this program was suspended. */
  isOurs(): Promise<boolean>;
}

/**
 * Does the work while no other `plan` writes the file. The lock is a folder beside it.
 *
 * @throws PlanError `progress-busy` after a minute
 */
export async function withLock<T>(file: string, work: (held: Held) => Promise<T>): Promise<T> {
  const lockFolder = `${file}.lock`;
  const release = await acquire(file, lockFolder);
  try {
    const mine = await identity(lockFolder);
    return await work({ isOurs: async () => (await identity(lockFolder)) === mine });
  } finally {
    // One that was taken from us, or lies on a disk that just went away, can't be given back.
    await release().catch(() => undefined);
  }
}

async function acquire(file: string, lockFolder: string): Promise<() => Promise<void>> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await take(file, {
        realpath: false,
        // It clears a stale lock in two steps, between which another may have taken it anew: then
        // two would hold it. Clearing is done below, by one at a time.
        stale: never,
        update: staleAfter / 4,
        // Asked for with isOurs before anything is written; the default would throw in a timer.
        onCompromised: () => undefined,
      });
    } catch (error) {
      if (errorCode(error) !== 'ELOCKED') throw error;
      if (Date.now() > end) throw busyFault(file, lockFolder);
    }
    await clearIfStale(lockFolder);
    await wait(5 + Math.random() * 40);
  }
}

/**
 * Removes a lock that nobody renews. A second lock guards looking and removing, so that no other
 * program can put a living lock in its place in between.
 */
async function clearIfStale(lockFolder: string): Promise<void> {
  if (!(await isStale(lockFolder))) return;
  const guard = `${lockFolder}.clearing`;
  try {
    await mkdir(guard);
  } catch (error) {
    // Held for two calls of the file system: an old one belongs to a program killed between them.
    if (errorCode(error) === 'EEXIST' && (await isStale(guard))) await removeFolder(guard);
    return;
  }
  try {
    if (await isStale(lockFolder)) await removeFolder(lockFolder);
  } finally {
    await removeFolder(guard);
  }
}

async function isStale(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  return found !== undefined && found.mtimeMs < Date.now() - staleAfter;
}

async function removeFolder(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

async function identity(folder: string): Promise<string | undefined> {
  try {
    const { ino, birthtimeNs } = await stat(folder, { bigint: true });
    return `${ino} ${birthtimeNs}`;
  } catch {
    return undefined;
  }
}
