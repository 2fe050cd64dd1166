import type { ProviderName } from '../../kata/run-record.js';
import { serviceHome } from '../private/home.js';
import { makeInstance, type Instance } from '../private/instance.js';
import { ServerFailure, type Launched } from '../private/launch.js';
import { freePort } from '../private/port.js';
import { serveInstance } from '../private/serve.js';
import type { ServiceUser } from '../private/user.js';
import type { StartOptions } from '../types.js';
import { prometheusRecord } from './connection.js';
import type { PrometheusProgram } from './program.js';
import { launchPrometheus, restartablePrometheus, startFailed } from './server.js';
import { emptyInstance, prepareInstance, shelfOf, type PrometheusSpec } from './spec.js';
import type { RunningPrometheus } from './types.js';
import { prometheusUser } from './user.js';

interface PrometheusOptions extends StartOptions {
  readonly provider: ProviderName;
  /** Given where the program is to be put into the services' folder first. */
  readonly program: (home: string) => Promise<PrometheusProgram>;
}

const attempts = 5;

/**
 * Starts a private Prometheus: own folder, own port, own password, 127.0.0.1 only.
 * @throws PlanError (exit 4) · the signal's reason. Nothing is left behind then.
 */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const { provider, keep, signal } = options;
  const user = prometheusUser();
  const home = serviceHome('prometheus', user, options.onProgress);
  const program = await options.program(home);
  const instance = await makeInstance({ home, user });
  try {
    const { spec, launched } = await launchSomewhere(instance, program, user, signal);
    const { url } = spec;
    return await serveInstance({
      ...{ instance, launched, url, keep, more: { shelf: shelfOf(instance.folder) } },
      record: () => prometheusRecord(url, { provider, kept: keep !== undefined }),
      server: restartablePrometheus(spec, launched, signal),
    });
  } catch (error) {
    await instance.remove();
    throw error instanceof ServerFailure ? startFailed(error) : error;
  }
}

/** A port that somebody takes first costs another attempt. */
async function launchSomewhere(
  instance: Instance,
  program: PrometheusProgram,
  user: ServiceUser | undefined,
  signal: AbortSignal,
): Promise<{ spec: PrometheusSpec; launched: Launched }> {
  for (let attempt = 1; ; attempt += 1) {
    const spec = await prepareInstance(instance, { program, user, port: await freePort() });
    try {
      return { spec, launched: await launchPrometheus(spec, signal) };
    } catch (error) {
      const taken = error instanceof ServerFailure && /address already in use/i.test(error.log);
      if (!taken || attempt === attempts) throw error;
      await emptyInstance(instance);
    }
  }
}
