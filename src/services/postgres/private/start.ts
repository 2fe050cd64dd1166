import { errorCode, exitCodes, PlanError } from '../../../base/errors.js';
import { servicesTexts } from '../../../i18n/services.js';
import { texts } from '../../../i18n/text.js';
import type { ProviderName } from '../../../kata/run-record.js';
import { lifeOf } from '../../../register/identity.js';
import {
  removeSharedMemory,
  sharedMemoryOf,
  type SharedMemory,
} from '../../../register/shared-memory.js';
import { recordOf } from '../record.js';
import { secure } from '../secure.js';
import type { RunningService, StartOptions } from '../../types.js';
import { serviceHome } from '../../private/home.js';
import { makeInstance, type Instance } from './instance.js';
import { launch, StartFailure, type Postmaster } from './launch.js';
import { ProgramFailure } from './program.js';
import { ensureTemplate, setTemplateAside, type Binaries } from './template.js';
import { logTail } from '../../private/log-tail.js';
import { databaseUser, type ServiceUser } from '../../private/user.js';

const quotedLines = 12;

export interface ClusterOptions extends StartOptions {
  readonly provider: ProviderName;
  /** Given where this machine's programs are to be put into the cluster's folder first. */
  readonly binaries: (place: ClusterPlace) => Promise<Binaries>;
  readonly choosePort?: () => Promise<number>;
}

export interface ClusterPlace {
  readonly home: string;
  readonly user: ServiceUser | undefined;
}

/**
 * Starts a private server on a copy of the cached cluster: own folder, own port, 127.0.0.1 only.
 * A cached cluster that does not start is set aside and made anew, once.
 * @throws PlanError (exit 4) · the signal's reason. Nothing is left behind then.
 */
export async function startCluster(options: ClusterOptions): Promise<RunningService> {
  const user = databaseUser();
  const home = serviceHome('postgres', user, options.onProgress);
  const binaries = await options.binaries({ home, user }).catch((error: unknown) => {
    throw tell(error);
  });
  const making = { ...options, home, user, binaries };
  try {
    return await startOnce(making);
  } catch (error) {
    if (!isClustersFault(error)) throw tell(error);
    options.onProgress(texts(servicesTexts).remaking);
    await setTemplateAside(making);
    return await startOnce(making).catch((again: unknown) => {
      throw tell(again);
    });
  }
}

type Starting = Omit<ClusterOptions, 'binaries'> & ClusterPlace & { readonly binaries: Binaries };

async function startOnce(starting: Starting): Promise<RunningService> {
  const template = await ensureTemplate(starting);
  const instance = await makeInstance({ ...starting, template });
  try {
    const postmaster = await launch({ ...starting, instance });
    return await serve(instance, postmaster, starting);
  } catch (error) {
    await instance.remove();
    throw error;
  }
}

async function serve(
  instance: Instance,
  postmaster: Postmaster,
  { provider, keep }: Starting,
): Promise<RunningService> {
  try {
    const { process } = postmaster;
    const url = await secure(postmaster.url);
    const record = await recordOf(url, { provider, kept: keep !== undefined });
    const memory = await sharedMemoryOf(process.pid, instance.data);
    const handle = { kind: 'process', process, folder: instance.folder, memory } as const;
    const service = { record, url, handle, ...lifeAndEnd(instance, postmaster, memory) };
    if (keep !== undefined) await handOver(service, keep, instance, postmaster);
    return service;
  } catch (error) {
    await postmaster.shutDown();
    throw error;
  }
}

/** Written down elsewhere first, so that at no moment nobody knows of it. */
async function handOver(
  service: RunningService,
  keep: NonNullable<StartOptions['keep']>,
  instance: Instance,
  postmaster: Postmaster,
): Promise<void> {
  await keep(service);
  await Promise.all([instance.release(), postmaster.release()]);
  postmaster.letGo();
}

function lifeAndEnd(
  instance: Instance,
  postmaster: Postmaster,
  memory: SharedMemory,
): Pick<RunningService, 'died' | 'stop'> {
  let stopped: Promise<void> | undefined;
  const died = postmaster.ended.then(async (): Promise<Error> => {
    if (stopped !== undefined) return new Promise(() => undefined);
    return ended(await logTail(instance.log));
  });
  const end = async (): Promise<void> => {
    const wasAlive = lifeOf(postmaster.process) === 'alive';
    await postmaster.shutDown();
    if (!wasAlive) await removeSharedMemory(memory);
    await instance.remove();
  };
  return { died, stop: () => (stopped ??= end()) };
}

function ended(log: string): PlanError {
  const t = texts(servicesTexts);
  return new PlanError({
    code: 'postgres-died',
    exit: exitCodes.environment,
    what: t.died(log),
    mend: t.diedMend,
  });
}

/** Only what lies in the cluster's own files: a full disk, or want of memory, is not its fault. */
function isClustersFault(error: unknown): error is StartFailure | ProgramFailure {
  if (error instanceof StartFailure) return error.refused || isDamage(error.log);
  return error instanceof ProgramFailure && error.program === 'cp' && !isDiskFull(error.output);
}

/** What PostgreSQL says of a data directory that it cannot use; in English, as it is started. */
function isDamage(log: string): boolean {
  const words = [
    /database files are incompatible|incorrect checksum in control file|is not a valid data directory/,
    /could not (locate a valid|read|find|open) .*(checkpoint|control|"(global|base|pg_\w+)\/)/,
    /(could not|invalid) .*(PG_VERSION|pg_control|pg_filenode\.map|postgresql\.conf|pg_hba\.conf)/,
    /configuration file .* contains errors|could not load .*pg_hba|does not exist|invalid page/,
    /data directory .* has (invalid permissions|wrong ownership)|PANIC:/,
  ];
  return !isDiskFull(log) && words.some((some) => some.test(log));
}

function isDiskFull(text: string): boolean {
  return /No space left on device|Check free disk space/.test(text);
}

function tell(error: unknown): unknown {
  const said = wordsOf(error);
  if (said === undefined) return error;
  const t = texts(servicesTexts);
  const [what, mend] = explanation(said, t);
  return new PlanError({
    code: 'postgres-start-failed',
    exit: exitCodes.environment,
    what,
    mend,
    cause: error,
  });
}

function explanation(said: string, t: (typeof servicesTexts)['en']): [string, string] {
  if (isDiskFull(said)) return [t.diskFull, t.diskFullMend];
  if (/could not look up effective user ID/.test(said)) return [t.noPasswdEntry, t.noPasswdMend];
  return [t.startFailed(said.split('\n').slice(-quotedLines).join('\n')), t.startFailedMend];
}

/** What the failed program said; undefined for what is no failure of a program. */
function wordsOf(error: unknown): string | undefined {
  if (error instanceof StartFailure) return error.log;
  if (error instanceof ProgramFailure) return error.output;
  return errorCode(error) === 'ENOSPC' ? 'No space left on device' : undefined;
}
