import type { ServiceName } from '../kata/services.js';
import { lifeOf } from '../register/identity.js';
import { startService } from './choose.js';
import type { RunningService } from './types.js';
import type { Running } from './capabilities.js';
import type { ServiceOptions } from './ways.js';

export interface RunningServices extends Partial<Readonly<Running>> {
  /** Those that run, in the order in which they were asked for. */
  readonly all: readonly RunningService[];
  /** Stops what was started here; what others started goes on. */
  stopAll(): Promise<void>;
}

/**
 * What a kata needs, started side by side. Where one cannot be had, the others are stopped.
 * @throws PlanError (exit 4) · the signal's reason. Nothing is left running then.
 */
export async function startServices(
  names: readonly ServiceName[],
  options: ServiceOptions,
): Promise<RunningServices> {
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const starts = names.map(async (name) => {
    try {
      return [name, await startService(name, { ...options, signal })] as const;
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  });
  const settled = await Promise.allSettled(starts);
  const started = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const all = started.map(([, service]) => service);
  const stopAll = async (): Promise<void> => {
    await Promise.all(all.map((service) => service.stop()));
  };
  if (started.length === names.length) return { ...Object.fromEntries(started), all, stopAll };
  await stopAll();
  options.signal.throwIfAborted();
  throw failed.signal.reason;
}

/** Some of them, as they are; stopping is for whoever started them. */
export function ofThem(services: RunningServices, names: readonly ServiceName[]): RunningServices {
  const some = names.flatMap((name) => {
    const service = services[name];
    return service === undefined ? [] : [[name, service] as const];
  });
  return {
    ...Object.fromEntries(some),
    all: some.map(([, service]) => service),
    stopAll: () => Promise.resolve(),
  };
}

/** The servers' processes; undefined where one is no process of this machine, or somebody else's. */
export function processesOf({ all }: RunningServices): readonly number[] | undefined {
  const pids = all.flatMap(({ handle }) =>
    handle?.kind === 'process' && lifeOf(handle.process) === 'alive' ? [handle.process.pid] : [],
  );
  return pids.length === all.length ? pids : undefined;
}
