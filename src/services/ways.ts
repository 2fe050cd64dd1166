import type { ServiceName } from '../kata/services.js';
import type { ProviderName, ServiceRecord } from '../kata/run-record.js';
import type { RunningBroker, RunningRedis, RunningService, StartOptions } from './types.js';

export interface ServiceOptions extends StartOptions {
  /** `--services`: this way or none. */
  readonly force?: ProviderName | undefined;
  /** DATABASE_URL, AMQP_URL, REDIS_URL. */
  readonly env: NodeJS.ProcessEnv;
  /** What is worth reading afterwards, too; goes to `onProgress` where it is not given. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/** What each service is once it runs. */
export interface Running {
  postgres: RunningService;
  rabbitmq: RunningBroker;
  redis: RunningRedis;
}

export interface Way<Service extends RunningService> {
  readonly name: ProviderName | 'kept';
  /** How to start it; undefined where it is not there. Each loads its modules only then. */
  readonly find: (options: ServiceOptions) => Promise<(() => Promise<Service>) | undefined>;
}

/** All that is to be known of a service beforehand. */
export interface ServiceWays<Name extends ServiceName> {
  /** In the order in which they are tried. What was forced is tried even where it seems missing. */
  readonly ways: readonly Way<Running[Name]>[];
  /** What is said, and what mends it, where no way is there. */
  readonly none: (keep: boolean) => { what: string; mend: string };
  /** What is worth knowing of one that runs, if anything. */
  readonly notice?: (record: ServiceRecord) => string | undefined;
}
