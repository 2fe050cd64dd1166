import { launchServer, type Launched } from '../../private/launch.js';
import { brokerRecord } from '../connection.js';
import { doorIsOpen } from './control.js';
import type { NodeSpec } from './spec.js';

/**
 * Starts a node and waits until it has booted and a channel opens.
 * @throws ServerFailure · PlanError `cannot-execute` · the signal's reason. It is ended then.
 */
export function launchNode(spec: NodeSpec, signal: AbortSignal): Promise<Launched> {
  return launchServer(spec, () => letsIn(spec), signal);
}

/**
 * The door opens at the end of the boot, and knows our word. Whoever else may listen on the AMQP
 * port does not have our password.
 */
async function letsIn({ url, control }: NodeSpec): Promise<boolean> {
  try {
    if (!(await doorIsOpen(control))) return false;
    await brokerRecord(url, { provider: 'local', kept: false });
    return true;
  } catch {
    return false;
  }
}
