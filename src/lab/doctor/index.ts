import { allCapabilities } from '../../services/capabilities.js';
import { examineDocker } from '../../services/docker/doctor.js';
import { examineMachine } from './machine.js';
import type { Check } from '../../services/doctor/check.js';

export type { Check } from '../../services/doctor/check.js';

/** What is here, what is missing, and what mends it. Starts nothing and changes nothing. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const [docker, capabilities] = await Promise.all([examineDocker(), allCapabilities()]);
  const [machine, ...services] = await Promise.all([
    examineMachine(),
    ...capabilities.map((capability) => capability.examine(env, docker)),
  ]);
  const [node, ...rest] = machine;
  return [...(node ? [node] : []), ...services.flat(), ...rest];
}
