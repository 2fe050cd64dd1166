import { exitCodes, PlanError } from '../../base/errors.js';
import { redisTexts } from './texts.js';
import { texts } from '../../i18n/text.js';
import { launchServer, type Launched, type ServerFailure } from '../private/launch.js';
import { RestartableServer, type Parts } from '../private/restartable.js';
import { redisRecord } from './connection.js';
import type { RedisSpec } from './spec.js';

/**
 * Starts a Redis and waits until it has read its data and answers.
 * @throws ServerFailure · PlanError `cannot-execute` · the signal's reason. It is ended then.
 */
export function launchRedis(spec: RedisSpec, signal: AbortSignal): Promise<Launched> {
  return launchServer(spec, () => letsIn(spec), signal);
}

interface RedisParts extends Pick<Parts, 'life' | 'onRestart'> {
  readonly spec: RedisSpec;
  readonly signal: AbortSignal;
}

/** A Redis of ours that an experiment may end and start again. */
export function restartableRedis({ spec, signal, ...parts }: RedisParts): RestartableServer {
  return new RestartableServer({
    ...parts,
    log: spec.log,
    launch: () => launchRedis(spec, signal),
    startFailed,
    died,
  });
}

export function startFailed(failure: ServerFailure): PlanError {
  const t = texts(redisTexts);
  const about = { what: t.startFailed(failure.log), mend: t.startFailedMend, cause: failure };
  return new PlanError({ code: 'redis-start-failed', exit: exitCodes.environment, ...about });
}

function died(log: string): PlanError {
  const t = texts(redisTexts);
  const about = { what: t.died(log), mend: t.diedMend };
  return new PlanError({ code: 'redis-died', exit: exitCodes.environment, ...about });
}

/** Whoever else may listen on the port does not have our password. */
async function letsIn({ url }: RedisSpec): Promise<boolean> {
  try {
    await redisRecord(url, { provider: 'local', kept: false });
    return true;
  } catch {
    return false;
  }
}
