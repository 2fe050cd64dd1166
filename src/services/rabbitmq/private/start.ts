import type { ProviderName } from '../../../kata/run-record.js';
import { serviceHome } from '../../private/home.js';
import { makeInstance, type Instance } from '../../private/instance.js';
import { ServerFailure, type Launched } from '../../private/launch.js';
import { freePort } from '../../private/port.js';
import { serveInstance } from '../../private/serve.js';
import type { ServiceUser } from '../../private/user.js';
import { brokerUser } from '../user.js';
import type { StartOptions } from '../../types.js';
import type { RunningRabbitMq } from '../types.js';
import { brokerRecord } from '../connection.js';
import { adminThrough } from './control.js';
import { emptyInstance, prepareInstance } from './instance.js';
import { launchNode } from './launch.js';
import { restartableNode, startFailed } from './node.js';
import type { BrokerRuntime } from './runtime.js';
import type { NodeSpec } from './spec.js';

export interface NodeOptions extends StartOptions {
  readonly provider: ProviderName;
  /** Given where the programs are to be put into the services' folder first. */
  readonly runtime: (place: BrokerPlace) => Promise<BrokerRuntime>;
  readonly choosePort?: () => Promise<number>;
}

export interface BrokerPlace {
  readonly home: string;
  readonly user: ServiceUser | undefined;
}

const attempts = 5;

/**
 * Starts a private node: own folder, own ports, own password, 127.0.0.1 only, no `epmd`.
 * @throws PlanError (exit 4) · the signal's reason. Nothing is left behind then.
 */
export async function startNode(options: NodeOptions): Promise<RunningRabbitMq> {
  const user = brokerUser();
  const home = serviceHome('rabbitmq', user, options.onProgress);
  const runtime = await options.runtime({ home, user });
  const instance = await makeInstance({ home, user });
  try {
    const { spec, launched } = await launchSomewhere(instance, runtime, { ...options, user });
    return await serve(instance, spec, launched, options);
  } catch (error) {
    await instance.remove();
    throw error instanceof ServerFailure ? startFailed(error) : error;
  }
}

/** A port that somebody takes first costs another attempt. */
async function launchSomewhere(
  instance: Instance,
  runtime: BrokerRuntime,
  { choosePort = freePort, signal, user }: NodeOptions & Pick<BrokerPlace, 'user'>,
): Promise<{ spec: NodeSpec; launched: Launched }> {
  for (let attempt = 1; ; attempt += 1) {
    const [amqp = 0, distribution = 0, control = 0] = await Promise.all(
      Array.from({ length: 3 }, choosePort),
    );
    const ports = { amqp, distribution, control };
    const spec = await prepareInstance(instance, { runtime, user, ports });
    try {
      return { spec, launched: await launchNode(spec, signal) };
    } catch (error) {
      const taken = error instanceof ServerFailure && /eaddrinuse/i.test(error.log);
      if (!taken || attempt === attempts) throw error;
      await emptyInstance(instance);
    }
  }
}

function serve(
  instance: Instance,
  spec: NodeSpec,
  launched: Launched,
  { provider, keep, signal }: NodeOptions,
): Promise<RunningRabbitMq> {
  const { url, control } = spec;
  return serveInstance({
    ...{ instance, launched, url, keep },
    record: () => brokerRecord(url, { provider, kept: keep !== undefined }),
    server: restartableNode({ spec, life: launched, signal, onRestart: () => Promise.resolve() }),
    more: { admin: adminThrough(control) },
  });
}
