import { mkdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { errorCode } from '../../base/errors.js';
import { register } from '../running/register.js';

/** A lock that nobody has renewed for so long belongs to a program that was killed. Milliseconds. */
const staleAfter = 10_000;

/** Does the work while no other `plan` uses the folder, which is made where it is missing. */
export async function aloneIn<T>(
  folder: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(folder, { recursive: true });
  const unlock = await acquire(folder, signal);
  const release = await register({ kind: 'folder', path: `${folder}.lock` });
  try {
    return await work();
  } finally {
    await release();
    // One that was taken from us, as after a suspension, can't be given back.
    await unlock().catch(() => undefined);
  }
}

async function acquire(folder: string, signal: AbortSignal): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await lock(folder, { stale: staleAfter, onCompromised: () => undefined });
    } catch (error) {
      // Two that clear away the same stale lock can meet a folder that isn't there any more.
      if (errorCode(error) !== 'ELOCKED' && errorCode(error) !== 'ENOENT') throw error;
    }
    await wait(50 + Math.random() * 50, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  }
}
