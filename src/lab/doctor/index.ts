import { examineMachine } from './machine.js';
import { examinePostgres } from './postgres.js';
import type { Check } from './check.js';

export type { Check } from './check.js';

/** What is here, what is missing, and what mends it. Starts nothing and changes nothing. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const [machine, postgres] = await Promise.all([examineMachine(), examinePostgres(env)]);
  const [node, ...rest] = machine;
  return [...(node ? [node] : []), ...postgres, ...rest];
}
