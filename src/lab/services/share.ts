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
  const forget = (): void => {
    running = undefined;
  };
  return {
    start: async (wanted, options) => {
      running ??= startServices(names, { ...options, signal }).catch((error: unknown) => {
        forget();
        throw error;
      });
      const started = await running;
      for (const { died } of started.all) void died.then(forget);
      return only(wanted, started);
    },
    stop: async () => {
      const started = await running?.catch(() => undefined);
      await started?.stopAll();
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
