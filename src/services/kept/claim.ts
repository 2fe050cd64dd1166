import { closeSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { stateFolder, stateFolderCandidates } from '../../base/folders.js';
import { tryLock } from '../../base/lock.js';
import { makeOwnFolder, namesInOwnFolder } from '../../base/own-folder.js';
import type { ServiceName } from '../../kata/services.js';
import { lifeOf, thisProcess, type ProcessIdentity } from '../../register/identity.js';

/** A lock that is held for a few calls of the file system. Milliseconds. */
const staleAfter = 4_000;
const patience = 15_000;

export type Claim =
  | { readonly release: () => void; readonly holder?: undefined }
  /** Another `plan` has it. */
  | { readonly holder: ProcessIdentity };

/** Runs of this program that use it, which know of each other. */
const inHand = new Map<ServiceName, number>();

/**
 * Takes a kept service for this `plan` alone, until it is released or this program has ended: an
 * experiment may end it, which would be the end of any other run on it.
 */
export async function claimKept(name: ServiceName, signal: AbortSignal): Promise<Claim> {
  const folder = path.join(stateFolder(), 'users');
  makeOwnFolder(folder, 0o700);
  const unlock = await locked(folder, signal);
  try {
    const holder = holderOf(name);
    if (holder !== undefined) return { holder };
    const file = path.join(folder, fileName(name, thisProcess()));
    closeSync(openSync(file, 'w', 0o600));
    inHand.set(name, (inHand.get(name) ?? 0) + 1);
    return { release: onceOnly(() => letGo(name, file)) };
  } finally {
    await unlock();
  }
}

/** Another `plan` that has it, and lives. */
export function holderOf(name: ServiceName): ProcessIdentity | undefined {
  for (const folder of stateFolderCandidates().map((state) => path.join(state, 'users'))) {
    for (const file of namesInOwnFolder(folder)) {
      const user = userIn(file, name);
      if (user === undefined || user.pid === thisProcess().pid) continue;
      if (lifeOf(user) !== 'gone') return user;
      // Its program was killed.
      rmSync(path.join(folder, file), { force: true });
    }
  }
  return undefined;
}

function letGo(name: ServiceName, file: string): void {
  const left = (inHand.get(name) ?? 1) - 1;
  inHand.set(name, left);
  if (left === 0) rmSync(file, { force: true });
}

function onceOnly(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

function fileName(name: ServiceName, { pid, start, place }: ProcessIdentity): string {
  return `${name}.${pid}.${start}.${place}`;
}

function userIn(file: string, name: ServiceName): ProcessIdentity | undefined {
  const match = /^([a-z]+)\.(\d+)\.(\d+)\.([0-9a-z]+-[0-9a-z]+)$/.exec(file);
  const [, service, pid, start = '', place = ''] = match ?? [];
  return service === name ? { pid: Number(pid), start, place } : undefined;
}

/** Where it can't be had, nobody else is kept from it for good: the claim is made all the same. */
async function locked(folder: string, signal: AbortSignal): Promise<() => Promise<void>> {
  const end = Date.now() + patience;
  for (;;) {
    const unlock = await tryLock(folder, staleAfter);
    if (unlock) return unlock;
    if (Date.now() > end) return () => Promise.resolve();
    await wait(10 + Math.random() * 20, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  }
}
