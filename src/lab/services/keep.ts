import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { exitCodes, PlanError } from '../../base/errors.js';
import { stateFolder } from '../../base/folders.js';
import { lockFolderOf, tryLock } from '../../base/lock.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { register } from '../running/register.js';
import { readKept, writeKept, type Kept } from '../running/kept.js';
import { startPostgres, type ServiceOptions } from './choose.js';
import { endKept, findKept } from './postgres-kept.js';

/** A lock that nobody has renewed for so long belongs to a program that was killed. Milliseconds. */
const staleAfter = 15_000;
/** How long to wait for another `plan` that starts or stops a server. Milliseconds. */
const patience = 30_000;

/** Starts a PostgreSQL that outlives this program; where one is kept already, that one counts. */
export async function keepUp(options: ServiceOptions): Promise<{ kept: Kept; already: boolean }> {
  if (options.force === 'url') throw urlCannotBeKept();
  return alone(async () => {
    const { kept, lost } = await findKept();
    if (lost !== undefined) options.onProgress(texts(servicesTexts).keptLost);
    if (kept === undefined) return { kept: await start(options), already: false };
    const { force = kept.record.provider } = options;
    if (force !== kept.record.provider) throw otherKept(kept, force);
    return { kept, already: true };
  });
}

/** @returns what was ended; undefined where nothing was kept */
export function keepDown(): Promise<Kept | undefined> {
  return alone(async () => {
    // Not `findKept`: what does not answer is ended, too.
    const kept = await readKept();
    if (kept !== undefined) await endKept(kept);
    return kept;
  });
}

async function start(options: ServiceOptions): Promise<Kept> {
  const startedAt = new Date().toISOString();
  await startPostgres({
    ...options,
    keep: async ({ record, url, handle }) => {
      if (handle === undefined) throw new Error('a server that is to be kept has no handle');
      await writeKept({ schema: 1, record, url, handle, startedAt });
    },
  });
  const kept = await readKept();
  if (kept === undefined) throw new Error('the kept server was not written down');
  return kept;
}

/** Two at once would start two servers and remember one. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  const folder = path.join(stateFolder(), 'kept');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = await acquire(folder);
  // A lock is only cleared once it is old; the register is faster for a killed owner's.
  const release = await register({ kind: 'folder', path: lockFolderOf(folder) });
  try {
    return await work();
  } finally {
    await release();
    await unlock();
  }
}

async function acquire(folder: string): Promise<() => Promise<void>> {
  const end = Date.now() + patience;
  for (;;) {
    const unlock = await tryLock(folder, staleAfter);
    if (unlock) return unlock;
    if (Date.now() > end) throw busy();
    await wait(100);
  }
}

function urlCannotBeKept(): PlanError {
  const t = texts(servicesTexts);
  return new PlanError({
    code: 'url-cannot-be-kept',
    exit: exitCodes.usage,
    what: t.urlCannotBeKept,
    mend: t.urlCannotBeKeptMend,
  });
}

function otherKept(kept: Kept, wanted: string): PlanError {
  const t = texts(servicesTexts);
  return new PlanError({
    code: 'other-kept',
    exit: exitCodes.usage,
    what: t.otherKept(kept.record.provider, wanted),
    mend: t.otherKeptMend,
  });
}

function busy(): PlanError {
  const t = texts(servicesTexts);
  return new PlanError({
    code: 'services-busy',
    exit: exitCodes.environment,
    what: t.busy,
    mend: t.busyMend,
  });
}
