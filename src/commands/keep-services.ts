import type { ServiceName } from '../kata/services.js';
import { shareServices, type RunningServices, type ServiceOptions } from '../lab/services/index.js';

export type Services = (options: ServiceOptions) => Promise<RunningServices>;

/** For several runs: started by the first run that needs them, and again where they ended meanwhile. */
export function keepServices(
  names: readonly ServiceName[],
  signal: AbortSignal,
): { start: Services; stop: () => Promise<void> } {
  // A save does not stop what is about to start; only the end does.
  const shared = shareServices(names, signal);
  return { start: (options) => shared.start(names, options), stop: () => shared.stop() };
}
