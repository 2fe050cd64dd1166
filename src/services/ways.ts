import type { ProviderName } from '../kata/run-record.js';
import type { RunningService, StartOptions } from './types.js';

export interface ServiceOptions extends StartOptions {
  /** `--services`: this way or none. */
  readonly force?: ProviderName | undefined;
  /** DATABASE_URL and its kin. */
  readonly env: NodeJS.ProcessEnv;
  /** What is worth reading afterwards, too; goes to `onProgress` where it is not given. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

export interface Way<Service extends RunningService> {
  readonly name: ProviderName;
  /** How to start it; undefined where it is not there. Each loads its modules only then. */
  readonly find: (options: ServiceOptions) => Promise<(() => Promise<Service>) | undefined>;
}
