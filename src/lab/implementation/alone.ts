import { setTimeout as wait } from 'node:timers/promises';
import { makeFolders } from '../../base/make-folders.js';
import { lockFolderOf, tryLock } from '../../base/lock.js';
import { register } from '../../register/register.js';

/** A lock that nobody has renewed for so long belongs to a program that was killed. Milliseconds. */
const staleAfter = 10_000;

/** Does the work while no other `plan` uses the folder, which is made where it is missing. */
export async function aloneIn<T>(
  folder: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  makeFolders(folder);
  const unlock = await acquire(folder, signal);
  const release = await register({ kind: 'folder', path: lockFolderOf(folder) });
  try {
    return await work();
  } finally {
    await release();
    await unlock();
  }
}

async function acquire(folder: string, signal: AbortSignal): Promise<() => Promise<void>> {
  for (;;) {
    const unlock = await tryLock(folder, staleAfter);
    if (unlock) return unlock;
    await wait(50 + Math.random() * 50, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  }
}
