import type { ServiceName } from '../kata/services.js';
import { startServices, type RunningServices, type ServiceOptions } from '../lab/services/index.js';

export type Services = (options: ServiceOptions) => Promise<RunningServices>;

/** For several runs: started by the first run that needs them, and again where they ended meanwhile. */
export function keepServices(
  names: readonly ServiceName[],
  signal: AbortSignal,
): { start: Services; stop: () => Promise<void> } {
  let running: Promise<RunningServices> | undefined;
  const forget = (): void => {
    running = undefined;
  };
  return {
    start: async (options) => {
      // A save does not stop what is about to start; only the end does.
      running ??= startServices(names, { ...options, signal }).catch((error: unknown) => {
        forget();
        throw error;
      });
      const started = await running;
      for (const { died } of started.all) void died.then(forget);
      return { ...started, stopAll: () => Promise.resolve() };
    },
    stop: async () => {
      const started = await running?.catch(() => undefined);
      await started?.stopAll();
    },
  };
}
