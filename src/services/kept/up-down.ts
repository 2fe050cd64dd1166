import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeFolders } from '../../base/make-folders.js';
import { exitCodes, PlanError } from '../../base/errors.js';
import { stateFolder } from '../../base/folders.js';
import { lockFolderOf, tryLock } from '../../base/lock.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { factsOf, serviceNames, serviceTitles, type ServiceName } from '../../kata/services.js';
import { register } from '../../register/register.js';
import { readKept, writeKept, type Kept } from '../../register/kept.js';
import { capabilityOf } from '../capabilities.js';
import { startService } from '../choose.js';
import { endKept, findKept } from './find.js';
import type { ServiceOptions } from '../ways.js';

/** A lock that nobody has renewed for so long belongs to a program that was killed. Milliseconds. */
const staleAfter = 15_000;
/** How long to wait for another `plan` that starts or stops a server. Milliseconds. */
const patience = 30_000;

export interface KeptUp {
  readonly kept: Kept;
  /** It was up before. */
  readonly already: boolean;
}

/**
 * Starts services that outlive this program, side by side; where one is kept already, that one
 * counts. What comes up stays up, also where another does not.
 * @param wanted undefined: whatever this machine offers of what programs work with; what it does
 *   not is told, no more
 * @throws PlanError, of the first that does not come up
 */
export async function keepUp(
  wanted: readonly ServiceName[] | undefined,
  options: ServiceOptions,
): Promise<KeptUp[]> {
  if (options.force === 'url') throw urlCannotBeKept();
  return alone(async () => {
    const names = wanted ?? serviceNames.filter((name) => factsOf(name)?.watches !== true);
    const ups = await Promise.allSettled(names.map((name) => keepOneUp(name, options)));
    options.signal.throwIfAborted();
    const started = ups.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failures = ups.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    const isFault = (error: Error): boolean =>
      wanted !== undefined || started.length === 0 || !isNotOffered(error);
    const fault = failures.find(isFault);
    if (fault !== undefined) throw fault;
    for (const { message } of failures) options.onProgress(message);
    return started;
  });
}

/** No way to it is there at all, which is another thing than one that fails. */
function isNotOffered(error: Error): boolean {
  const codes = serviceNames.map((name) => `no-${name}`);
  return error instanceof PlanError && codes.includes(error.code) && error.cause === undefined;
}

/** @returns what was ended; nothing where nothing was kept */
export function keepDown(names: readonly ServiceName[]): Promise<Kept[]> {
  return alone(async () => {
    // Not `findKept`: what does not answer is ended, too.
    const kept = names.map(readKept).filter((one) => one !== undefined);
    await Promise.all(kept.map(endKept));
    return kept;
  });
}

async function keepOneUp(name: ServiceName, options: ServiceOptions): Promise<KeptUp> {
  const { kept, lost } = await findKept(name);
  if (lost !== undefined) options.onProgress(texts(servicesTexts).keptLost(serviceTitles[name]));
  if (kept === undefined) return { kept: await start(name, options), already: false };
  const { force = kept.record.provider } = options;
  if (force !== kept.record.provider) throw otherKept(kept, force);
  return { kept, already: true };
}

async function start(name: ServiceName, options: ServiceOptions): Promise<Kept> {
  const startedAt = new Date().toISOString();
  const running = await startService(name, {
    ...options,
    keep: async ({ record, url, handle }) => {
      if ((await capabilityOf(name)).useKept === undefined)
        throw fault(name, record.provider, 'keeps it, and no `useKept` takes it again for a run');
      if (handle === undefined) throw fault(name, record.provider, 'gives its server no `handle`');
      await writeKept({ schema: 1, record, url, handle, startedAt });
    },
  });
  const kept = readKept(name);
  if (kept !== undefined) return kept;
  await running.stop();
  throw fault(name, running.record.provider, 'does not call `keep`');
}

/** For whoever writes a service: no word of it is a learner's to mend. */
function fault(name: ServiceName, way: string, what: string): Error {
  return new Error(`the way '${way}' of ${name} ${what}: a fault of that service's code`);
}

/** Two at once would start two servers and remember one. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  const folder = path.join(stateFolder(), 'kept');
  makeFolders(folder, 0o700);
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
    what: t.otherKept(serviceTitles[kept.record.name], kept.record.provider, wanted),
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
