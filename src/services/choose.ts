import { exitCodes, PlanError } from '../base/errors.js';
import { cacheFolder, stateFolder, takeFolderNotices } from '../base/folders.js';
import { servicesTexts } from '../i18n/services.js';
import { texts } from '../i18n/text.js';
import type { ProviderName } from '../kata/run-record.js';
import { serviceTitles, type ServiceName } from '../kata/services.js';
import { capabilityOf, type Running } from './capabilities.js';
import type { AnyCapability } from './capability.js';
import { aloneOnKept } from './kept/alone.js';
import type { RunningService } from './types.js';
import type { ServiceOptions, Way } from './ways.js';

/**
 * Starts, or finds, one service: a given URL, what `plan services up` keeps, Docker, the programs of
 * this machine, the embedded ones. A way that is there but fails makes room for the next, and says
 * so; with `force` it is the end. With `keep`, only ways that start something come into question.
 * @throws PlanError (exit 4) · the signal's reason. Nothing is left running then.
 */
export async function startService<Name extends ServiceName>(
  name: Name,
  options: ServiceOptions,
): Promise<Running[Name]> {
  const { force, signal, onNotice = options.onProgress } = options;
  tellOfFolders(onNotice);
  const failures: Failure[] = [];
  const t = texts(servicesTexts);
  const capability = await capabilityOf(name);
  for (const way of waysFor(name, capability, options)) {
    signal.throwIfAborted();
    try {
      const start = await way.find(options);
      if (start === undefined) continue;
      const running = await start();
      const notice = capability.notice?.(running.record);
      if (notice !== undefined) onNotice(notice);
      return running as Running[Name];
    } catch (error) {
      signal.throwIfAborted();
      if (force !== undefined || !(error instanceof PlanError)) throw error;
      failures.push({ way: way.name, error });
      onNotice(t.fallsThrough(serviceTitles[name], way.name, error.message));
    }
  }
  throw nothingWorked(name, failures, capability.none(options.keep !== undefined));
}

type AnyWay = Omit<Way<RunningService>, 'name'> & { readonly name: ProviderName | 'kept' };

/** A server that is to be kept has to be started; the others are running already. */
function waysFor(
  service: ServiceName,
  capability: AnyCapability,
  { force, keep }: ServiceOptions,
): readonly AnyWay[] {
  const given = capability.ways.filter(({ name }) => name === 'url');
  const started = capability.ways.filter(({ name }) => name !== 'url');
  const running = keep === undefined ? [...given, ...keptWays(service, capability)] : [];
  return [...running, ...started].filter(
    ({ name }) => force === undefined || name === force || name === 'kept',
  );
}

/** What `plan services up` keeps, where the service can be kept. */
function keptWays(service: ServiceName, { useKept, sharesKept }: AnyCapability): AnyWay[] {
  if (useKept === undefined) return [];
  const find: AnyWay['find'] = async (options) => {
    const { findUsable } = await import('./kept/find.js');
    const kept = await findUsable(service, options);
    return kept && (() => useKept(kept, options));
  };
  const alone: AnyWay['find'] = (options) => aloneOnKept(service, options, () => find(options));
  return [{ name: 'kept', find: sharesKept ? find : alone }];
}

interface Failure {
  readonly way: string;
  readonly error: PlanError;
}

function nothingWorked(
  name: ServiceName,
  failures: readonly Failure[],
  none: ReturnType<AnyCapability['none']>,
): PlanError {
  const t = texts(servicesTexts);
  const reasons = failures.map(({ way, error }) => `${way}: ${error.message}`).join('\n');
  return new PlanError({
    code: `no-${name}`,
    exit: exitCodes.environment,
    what: failures.length === 0 ? none.what : t.allFailed(serviceTitles[name], reasons),
    // The last way needs the least, so it is the one to mend.
    mend: failures.at(-1)?.error.mend ?? none.mend,
    cause: failures.at(-1)?.error,
  });
}

function tellOfFolders(onNotice: (text: string) => void): void {
  cacheFolder();
  stateFolder();
  takeFolderNotices().forEach(onNotice);
}
