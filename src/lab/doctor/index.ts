import { examineDocker } from './docker.js';
import { examineMachine } from './machine.js';
import { examinePostgres } from './postgres.js';
import { examineRabbit } from './rabbitmq.js';
import type { Check } from './check.js';

export type { Check } from './check.js';

/** What is here, what is missing, and what mends it. Starts nothing and changes nothing. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const docker = await examineDocker();
  const [machine, postgres, rabbit] = await Promise.all([
    examineMachine(),
    examinePostgres(env, docker),
    examineRabbit(env, docker),
  ]);
  const [node, ...rest] = machine;
  return [...(node ? [node] : []), ...postgres, ...rabbit, ...rest];
}
