import { examineDocker } from '../../services/docker/doctor.js';
import { examineMachine } from './machine.js';
import { examinePostgres } from '../../services/postgres/doctor.js';
import { examineRabbit } from '../../services/rabbitmq/doctor.js';
import { examineRedis } from '../../services/redis/doctor.js';
import type { Check } from '../../services/doctor/check.js';

export type { Check } from '../../services/doctor/check.js';

/** What is here, what is missing, and what mends it. Starts nothing and changes nothing. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const docker = await examineDocker();
  const [machine, postgres, rabbit, redis] = await Promise.all([
    examineMachine(),
    examinePostgres(env, docker),
    examineRabbit(env, docker),
    examineRedis(env, docker),
  ]);
  const [node, ...rest] = machine;
  return [...(node ? [node] : []), ...postgres, ...rabbit, ...redis, ...rest];
}
