import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { lock as take } from 'proper-lockfile';
import { errorCode } from '../../base/errors.js';
import { busyFault } from './faults.js';

/** A lock that nobody has renewed for so long belongs to a program that was killed. Milliseconds. */
const staleAfter = 5_000;
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
        stale: staleAfter,
        update: staleAfter / 4,
        // Asked for with isOurs before anything is written; the default would throw in a timer.
        onCompromised: () => undefined,
      });
    } catch (error) {
      // Two that clear away the same stale lock can meet a folder that isn't there any more.
      if (errorCode(error) !== 'ELOCKED' && errorCode(error) !== 'ENOENT') throw error;
      if (Date.now() > end) throw busyFault(file, lockFolder);
    }
    await wait(5 + Math.random() * 40);
  }
}

async function identity(folder: string): Promise<string | undefined> {
  try {
    const { ino, birthtimeNs } = await stat(folder, { bigint: true });
    return `${ino} ${birthtimeNs}`;
  } catch {
    return undefined;
  }
}
