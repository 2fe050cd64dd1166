import type { ServiceName } from '../../kata/services.js';
import { startServices, type RunningServices } from './start.js';
import type { ServiceOptions } from './ways.js';

interface SharedServices {
  /** For a run that needs these of them; nothing that it does stops them. */
  start(names: readonly ServiceName[], options: ServiceOptions): Promise<RunningServices>;
  stop(): Promise<void>;
}

/**
 * One set of services for many runs: started by the first run that needs them, and again where one
 * of them ended meanwhile.
 * @param names all that any of the runs needs
 * @param signal of the whole: what ends a single run does not stop what is about to start
 */
export function shareServices(names: readonly ServiceName[], signal: AbortSignal): SharedServices {
  let running: Promise<RunningServices> | undefined;
  const ending: Promise<void>[] = [];
  const begin = async (options: ServiceOptions): Promise<RunningServices> => {
    const started = await startServices(names, { ...options, signal });
    const startAgain = (): void => {
      running = undefined;
      ending.push(started.stopAll());
    };
    void Promise.race(started.all.map(({ died }) => died)).then(startAgain);
    return started;
  };
  return {
    start: async (wanted, options) => {
      running ??= begin(options).catch((error: unknown) => {
        running = undefined;
        throw error;
      });
      return only(wanted, await running);
    },
    stop: async () => {
      const started = await running?.catch(() => undefined);
      await started?.stopAll();
      await Promise.all(ending);
    },
  };
}

function only(names: readonly ServiceName[], started: RunningServices): RunningServices {
  const ofThisRun = names.flatMap((name) => {
    const service = started[name];
    return service ? [[name, service] as const] : [];
  });
  return {
    ...Object.fromEntries(ofThisRun),
    all: ofThisRun.map(([, service]) => service),
    stopAll: () => Promise.resolve(),
  };
}
