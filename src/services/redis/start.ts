import type { ProviderName } from '../../kata/run-record.js';
import { serviceHome } from '../private/home.js';
import { makeInstance, type Instance } from '../private/instance.js';
import { ServerFailure, type Launched } from '../private/launch.js';
import { freePort } from '../private/port.js';
import { serveInstance } from '../private/serve.js';
import type { ServiceUser } from '../private/user.js';
import { redisUser } from './user.js';
import type { StartOptions } from '../types.js';
import type { RunningRedis } from './types.js';
import { redisRecord } from './connection.js';
import type { RedisProgram } from './program.js';
import { launchRedis, restartableRedis, startFailed } from './server.js';
import { emptyInstance, prepareInstance, type RedisSpec } from './spec.js';

interface RedisOptions extends StartOptions {
  readonly provider: ProviderName;
  /** Given where the program is to be put into the services' folder first. */
  readonly program: (home: string) => Promise<RedisProgram>;
}

const attempts = 5;

/**
 * Starts a private Redis: own folder, own port, own password, 127.0.0.1 only.
 * @throws PlanError (exit 4) · the signal's reason. Nothing is left behind then.
 */
export async function startRedis(options: RedisOptions): Promise<RunningRedis> {
  const { provider, keep, signal } = options;
  const user = redisUser();
  const home = serviceHome('redis', user, options.onProgress);
  const program = await options.program(home);
  const instance = await makeInstance({ home, user });
  try {
    const { spec, launched } = await launchSomewhere(instance, program, user, signal);
    const { url } = spec;
    return await serveInstance({
      ...{ instance, launched, url, keep, more: {} },
      record: () => redisRecord(url, { provider, kept: keep !== undefined }),
      server: restartableRedis({
        ...{ spec, signal, life: launched },
        onRestart: () => Promise.resolve(),
      }),
    });
  } catch (error) {
    await instance.remove();
    throw error instanceof ServerFailure ? startFailed(error) : error;
  }
}

/** A port that somebody takes first costs another attempt. */
async function launchSomewhere(
  instance: Instance,
  program: RedisProgram,
  user: ServiceUser | undefined,
  signal: AbortSignal,
): Promise<{ spec: RedisSpec; launched: Launched }> {
  for (let attempt = 1; ; attempt += 1) {
    const spec = await prepareInstance(instance, { program, user, port: await freePort() });
    try {
      return { spec, launched: await launchRedis(spec, signal) };
    } catch (error) {
      const taken = error instanceof ServerFailure && /address already in use/i.test(error.log);
      if (!taken || attempt === attempts) throw error;
      await emptyInstance(instance);
    }
  }
}
