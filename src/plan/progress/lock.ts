import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { lockFolderOf, tryLock } from '../../base/lock.js';
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
  const release = await acquire(file);
  const lockFolder = lockFolderOf(file);
  try {
    const mine = await identity(lockFolder);
    return await work({ isOurs: async () => (await identity(lockFolder)) === mine });
  } finally {
    await release();
  }
}

async function acquire(file: string): Promise<() => Promise<void>> {
  const end = Date.now() + patience;
  for (;;) {
    const release = await tryLock(file, staleAfter);
    if (release) return release;
    if (Date.now() > end) throw busyFault(file, lockFolderOf(file));
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
