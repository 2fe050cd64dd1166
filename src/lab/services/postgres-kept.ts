import { rm } from 'node:fs/promises';
import { setInterval } from 'node:timers';
import { errorCode, exitCodes, PlanError } from '../../base/errors.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { removeContainer } from '../running/end-container.js';
import { lifeOf } from '../running/identity.js';
import { removeSharedMemory } from '../running/shared-memory.js';
import { forgetKept, readKept, type Kept } from '../running/kept.js';
import { endPostmaster } from './cluster/launch.js';
import { queryOnce } from './connection.js';
import type { RunningService } from './types.js';

export interface KeptState {
  /** The server that `plan services up` keeps and that has not ended. */
  readonly kept: Kept | undefined;
  /** One was kept, and had ended by itself; what it left has been removed. */
  readonly lost: Kept | undefined;
}

/** Looks for the kept server; one that has died is cleaned up and forgotten. */
export async function findKept(): Promise<KeptState> {
  const kept = await readKept();
  if (kept === undefined) return { kept: undefined, lost: undefined };
  if (await lives(kept)) return { kept, lost: undefined };
  await endKept(kept);
  return { kept: undefined, lost: kept };
}

/** Ends it, removes its instance, forgets it. Its databases go with it. */
export async function endKept({ handle }: Kept): Promise<void> {
  if (handle.kind === 'process') {
    const wasAlive = lifeOf(handle.process) === 'alive';
    await endPostmaster(handle.process);
    if (!wasAlive && handle.memory !== undefined) await removeSharedMemory(handle.memory);
    await rm(handle.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } else {
    const problem = await removeContainer(handle);
    if (problem !== undefined) throw notEnded(problem);
  }
  await forgetKept();
}

/** As a service of a run: stopping it is for `plan services down`. */
export function useKept({ record, url, handle }: Kept): RunningService {
  let end = (): void => undefined;
  const died = new Promise<Error>((resolve) => {
    if (handle.kind !== 'process') return;
    const watch = setInterval(() => {
      if (lifeOf(handle.process) === 'alive') return;
      clearInterval(watch);
      resolve(new Error(texts(servicesTexts).keptDied));
    }, 200);
    watch.unref();
    end = () => clearInterval(watch);
  });
  const stop = (): Promise<void> => {
    end();
    return Promise.resolve();
  };
  return { record: { ...record, kept: true }, url, handle, died, stop };
}

/**
 * Only what is surely gone counts as gone: one that is too busy to answer may be at work for
 * another `plan`.
 */
async function lives({ url, handle }: Kept): Promise<boolean> {
  if (handle.kind === 'process') return lifeOf(handle.process) !== 'gone';
  try {
    await queryOnce(url, 'SELECT 1');
    return true;
  } catch (error) {
    return errorCode(error) !== 'ECONNREFUSED';
  }
}

function notEnded(why: string): PlanError {
  return new PlanError({
    code: 'kept-not-ended',
    exit: exitCodes.environment,
    what: texts(servicesTexts).keptNotEnded(why),
  });
}
