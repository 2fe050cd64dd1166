import { capabilityOf } from '../../services/capabilities.js';
import { examineDocker } from '../../services/docker/doctor.js';
import { examineKept } from '../../services/kept/doctor.js';
import { findKept } from '../../services/kept/find.js';
import { serviceNames, type ServiceName } from '../../kata/services.js';
import { examineMachine } from './machine.js';
import type { Check } from '../../services/doctor/check.js';

export type { Check } from '../../services/doctor/check.js';

/** What is here, what is missing, and what mends it. Starts nothing and changes nothing. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const docker = await examineDocker();
  const examineService = async (name: ServiceName): Promise<Check[]> => {
    const [capability, state] = await Promise.all([capabilityOf(name), findKept(name)]);
    return capability.examine(env, { docker, kept: examineKept(name, state) });
  };
  const [machine, ...services] = await Promise.all([
    examineMachine(),
    ...serviceNames.map(examineService),
  ]);
  const [node, ...rest] = machine;
  return [...(node ? [node] : []), ...services.flat(), ...rest];
}
