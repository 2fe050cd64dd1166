import type { ServiceName } from '../kata/services.js';
import { startServices, type RunningServices } from './start.js';
import type { ServiceOptions } from './ways.js';

interface SharedServices {
  /** For a run that needs these; nothing that it does stops them. */
  readonly start: (
    names: readonly ServiceName[],
    options: ServiceOptions,
  ) => Promise<RunningServices>;
  stop(): Promise<void>;
}

/**
 * Services for many runs: each is started by the first run that needs it, and again where it ended
 * meanwhile.
 * @param signal of the whole: what ends a single run does not stop what is about to start
 */
export function shareServices(signal: AbortSignal): SharedServices {
  const running = new Map<ServiceName, Promise<RunningServices>>();
  const ending: Promise<void>[] = [];
  const begin = async (name: ServiceName, options: ServiceOptions): Promise<RunningServices> => {
    const started = await startServices([name], { ...options, signal });
    void started[name]?.died.then(() => {
      running.delete(name);
      ending.push(started.stopAll());
    });
    return started;
  };
  const started = (name: ServiceName, options: ServiceOptions): Promise<RunningServices> => {
    const known = running.get(name);
    if (known !== undefined) return known;
    const one = begin(name, options);
    running.set(name, one);
    one.catch(() => running.delete(name));
    return one;
  };
  return {
    start: async (names, options) => {
      const settled = await Promise.allSettled(names.map((name) => started(name, options)));
      const failed = settled.find((one) => one.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      return together(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
    },
    stop: async () => {
      const settled = await Promise.allSettled(running.values());
      const all = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      await Promise.all([...all.map((one) => one.stopAll()), ...ending]);
    },
  };
}

function together(some: readonly RunningServices[]): RunningServices {
  return {
    ...(Object.assign({}, ...some) as RunningServices),
    all: some.flatMap(({ all }) => all),
    stopAll: () => Promise.resolve(),
  };
}
