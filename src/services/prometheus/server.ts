import { exitCodes, PlanError } from '../../base/errors.js';
import { texts } from '../../i18n/text.js';
import { launchServer, type Launched, type ServerFailure } from '../private/launch.js';
import { RestartableServer, type Life } from '../private/restartable.js';
import { askPrometheus } from './client.js';
import type { PrometheusSpec } from './spec.js';
import { prometheusTexts } from './texts.js';

/**
 * Starts a Prometheus and waits until it takes queries.
 * @throws ServerFailure · PlanError `cannot-execute` · the signal's reason. It is ended then.
 */
export function launchPrometheus(spec: PrometheusSpec, signal: AbortSignal): Promise<Launched> {
  return launchServer(spec, () => letsIn(spec), signal);
}

export function restartablePrometheus(
  spec: PrometheusSpec,
  life: Life,
  signal: AbortSignal,
): RestartableServer {
  return new RestartableServer({
    life,
    log: spec.log,
    launch: () => launchPrometheus(spec, signal),
    onRestart: () => Promise.resolve(),
    startFailed,
    died,
  });
}

export function startFailed(failure: ServerFailure): PlanError {
  const t = texts(prometheusTexts);
  const about = { what: t.startFailed(failure.log), mend: t.startFailedMend, cause: failure };
  return new PlanError({ code: 'prometheus-start-failed', exit: exitCodes.environment, ...about });
}

function died(log: string): PlanError {
  const t = texts(prometheusTexts);
  const about = { what: t.died(log), mend: t.diedMend };
  return new PlanError({ code: 'prometheus-died', exit: exitCodes.environment, ...about });
}

/** Whoever else may listen on the port does not have our password. */
async function letsIn({ url }: PrometheusSpec): Promise<boolean> {
  try {
    await askPrometheus(url, 'query', { query: 'vector(1)' });
    return true;
  } catch {
    return false;
  }
}
