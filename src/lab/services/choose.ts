import { exitCodes, PlanError } from '../../base/errors.js';
import { cacheFolder, stateFolder, takeFolderNotices } from '../../base/folders.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import type { ServiceName } from '../../kata/define.js';
import type { ProviderName } from '../../kata/run-record.js';
import type { RunningService, StartOptions } from './types.js';

export interface ServiceOptions extends StartOptions {
  /** `--services`: this way or none. */
  readonly force?: ProviderName | undefined;
  /** DATABASE_URL. */
  readonly env: NodeJS.ProcessEnv;
  /** What is worth reading afterwards, too; goes to `onProgress` where it is not given. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

export interface RunningServices {
  readonly postgres?: RunningService;
  /** Stops what was started here; what others started goes on. */
  stopAll(): Promise<void>;
}

/**
 * Starts, or finds, what a kata needs: a given URL, the server kept by `plan services up`, Docker,
 * the programs of this machine, the embedded ones. One that is there but fails makes room for the
 * next, and says so; with `force` it is the end.
 * @throws PlanError (exit 4) · the signal's reason. Nothing is left running then.
 */
export async function startServices(
  names: readonly ServiceName[],
  options: ServiceOptions,
): Promise<RunningServices> {
  if (!names.includes('postgres')) return { stopAll: () => Promise.resolve() };
  const postgres = await startPostgres(options);
  return { postgres, stopAll: () => postgres.stop() };
}

/** With `keep`, only ways that start a server come into question. */
export async function startPostgres(options: ServiceOptions): Promise<RunningService> {
  const { force, keep, signal, onNotice = options.onProgress } = options;
  tellOfFolders(onNotice);
  const failures: { way: string; error: PlanError }[] = [];
  const t = texts(servicesTexts);
  for (const way of waysFor(options)) {
    signal.throwIfAborted();
    try {
      const start = await way.find(options);
      if (start !== undefined) return await start();
    } catch (error) {
      signal.throwIfAborted();
      if (force !== undefined || !(error instanceof PlanError)) throw error;
      failures.push({ way: way.name, error });
      onNotice(t.fallsThrough(way.name, error.message));
    }
  }
  throw nothingWorked(failures, keep !== undefined);
}

function nothingWorked(failures: { way: string; error: PlanError }[], keep: boolean): PlanError {
  const t = texts(servicesTexts);
  const reasons = failures.map(({ way, error }) => `${way}: ${error.message}`).join('\n');
  return new PlanError({
    code: 'no-postgres',
    exit: exitCodes.environment,
    what: failures.length === 0 ? t.noPostgres : t.allFailed(reasons),
    // The last way needs nothing but npm, so it is the one to mend.
    mend: failures.at(-1)?.error.mend ?? (keep ? t.noPostgresMendKeep : t.noPostgresMend),
    cause: failures.at(-1)?.error,
  });
}

function tellOfFolders(onNotice: (text: string) => void): void {
  cacheFolder();
  stateFolder();
  takeFolderNotices().forEach(onNotice);
}

interface Way {
  readonly name: ProviderName | 'kept';
  /** How to start it; undefined where it is not there. Each loads its modules only then. */
  readonly find: (options: ServiceOptions) => Promise<(() => Promise<RunningService>) | undefined>;
}

/** In the order in which they are tried. What was forced is tried even where it seems missing. */
const ways: readonly Way[] = [
  {
    name: 'url',
    find: async ({ env, force }) => {
      if (force !== 'url' && !env['DATABASE_URL']) return undefined;
      const { useUrl } = await import('./postgres-url.js');
      return () => useUrl(env);
    },
  },
  {
    name: 'kept',
    find: async ({ force, onProgress, onNotice = onProgress }) => {
      const { findKept, useKept } = await import('./postgres-kept.js');
      const { kept, lost } = await findKept();
      if (lost !== undefined) onNotice(texts(servicesTexts).keptLost);
      if (kept === undefined || (force ?? kept.record.provider) !== kept.record.provider)
        return undefined;
      return () => Promise.resolve(useKept(kept));
    },
  },
  {
    name: 'docker',
    find: async (options) => {
      const { dockerAnswers, startDockerPostgres } = await import('./postgres-docker.js');
      if (options.force !== 'docker' && !(await dockerAnswers())) return undefined;
      return () => startDockerPostgres(options);
    },
  },
  {
    name: 'local',
    find: async (options) => {
      const { findLocal, startLocalPostgres } = await import('./postgres-local.js');
      if (options.force !== 'local' && (await findLocal()).length === 0) return undefined;
      return () => startLocalPostgres(options);
    },
  },
  {
    name: 'embedded',
    find: async (options) => {
      const { findEmbedded, startEmbeddedPostgres } = await import('./postgres-embedded.js');
      if (options.force !== 'embedded' && findEmbedded() === undefined) return undefined;
      return () => startEmbeddedPostgres(options);
    },
  },
];

/** A server that is to be kept has to be started; the others are running already. */
function waysFor({ force, keep }: ServiceOptions): readonly Way[] {
  return ways
    .filter(({ name }) => force === undefined || name === force || name === 'kept')
    .filter(({ name }) => keep === undefined || (name !== 'url' && name !== 'kept'));
}
