import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { errorCode, exitCodes, PlanError } from '../../base/errors.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { serviceTitles, type ServiceName } from '../../kata/services.js';
import { capabilityOf } from '../capabilities.js';
import { removeContainer } from '../docker/end.js';
import { lifeOf, type ProcessIdentity } from '../../register/identity.js';
import { forgetKept, readKept, serverOf, type Kept } from '../../register/kept.js';
import { isFolderOfOurs } from '../../register/places.js';
import { removeSharedMemory } from '../../register/shared-memory.js';
import { holderOf } from './claim.js';
import type { ServiceOptions } from '../ways.js';

export interface KeptState {
  /** The server that `plan services up` keeps and that has not ended. */
  readonly kept: Kept | undefined;
  /** One was kept, and had ended by itself or refused us; what it left has been removed. */
  readonly lost: Kept | undefined;
}

/** Looks for the kept server; one that has died, or refuses us, is ended, cleaned up and forgotten. */
export async function findKept(name: ServiceName): Promise<KeptState> {
  const kept = readKept(name);
  if (kept === undefined) return { kept: undefined, lost: undefined };
  // Another run's experiment may have ended it, to start it again.
  if (holderOf(name) !== undefined) return { kept, lost: undefined };
  if ((await lives(kept)) && !(await (await capabilityOf(name)).refusesUs(kept.url)))
    return { kept, lost: undefined };
  await endKept(kept);
  return { kept: undefined, lost: kept };
}

/** As a way of a run: undefined where none is kept, or one by another way than is asked for. */
export async function findUsable(
  name: ServiceName,
  { force, onProgress, onNotice = onProgress }: ServiceOptions,
): Promise<Kept | undefined> {
  const { kept, lost } = await findKept(name);
  if (lost !== undefined) onNotice(texts(servicesTexts).keptLost(serviceTitles[name]));
  if (kept === undefined || (force ?? kept.record.provider) !== kept.record.provider)
    return undefined;
  return kept;
}

/** Ends it, removes its instance, forgets it. What it holds goes with it. */
export async function endKept({ handle, record }: Kept): Promise<void> {
  if (handle.kind === 'process') {
    const wasAlive = lifeOf(handle.process) === 'alive';
    await endProcessOf(record.name, handle.process);
    if (!wasAlive && handle.memory !== undefined) await removeSharedMemory(handle.memory);
    if (isFolderOfOurs(handle.folder))
      await rm(handle.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } else {
    const problem = await removeContainer(handle);
    if (problem !== undefined) throw notEnded(record.name, problem);
  }
  await forgetKept(record.name);
}

async function endProcessOf(name: ServiceName, process: ProcessIdentity): Promise<void> {
  const { endProcess } = await capabilityOf(name);
  await (endProcess ?? (await import('../private/launch.js')).killServer)(process);
}

/**
 * Only what is surely gone counts as gone: one that is too busy to answer may be at work for
 * another `plan`.
 */
async function lives({ url, handle }: Kept): Promise<boolean> {
  if (handle.kind === 'process') return lifeOf(handle.process) !== 'gone';
  return (await knock(serverOf(url))) !== 'ECONNREFUSED';
}

/** @returns the error's code where nobody opens */
function knock(server: string): Promise<string | undefined> {
  const { hostname: host, port } = new URL(`tcp://${server}`);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    socket.setTimeout(5_000, () => socket.destroy(new Error('timeout')));
    socket.once('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error) => resolve(errorCode(error)));
  });
}

function notEnded(name: ServiceName, why: string): PlanError {
  return new PlanError({
    code: 'kept-not-ended',
    exit: exitCodes.environment,
    what: texts(servicesTexts).keptNotEnded(serviceTitles[name], why),
  });
}
