import { texts } from '../../../i18n/text.js';
import { brokerTexts } from '../../../i18n/broker.js';
import { exitCodes, PlanError } from '../../../base/errors.js';
import type { ServerFailure } from '../../private/launch.js';
import { RestartableServer, type Parts } from '../../private/restartable.js';
import { writeRegistries } from './control.js';
import { launchNode } from './launch.js';
import type { NodeSpec } from './spec.js';

interface NodeParts extends Pick<Parts, 'life' | 'onRestart'> {
  readonly spec: NodeSpec;
  readonly signal: AbortSignal;
}

/** A node of ours that an experiment may end and start again. */
export function restartableNode({ spec, signal, ...parts }: NodeParts): RestartableServer {
  return new RestartableServer({
    ...parts,
    log: spec.log,
    launch: () => launchNode(spec, signal),
    beforeKill: () => writeRegistries(spec.control),
    startFailed,
    died,
  });
}

export function startFailed(failure: ServerFailure): PlanError {
  const t = texts(brokerTexts);
  return new PlanError({
    code: 'rabbitmq-start-failed',
    exit: exitCodes.environment,
    what: t.startFailed(failure.log),
    mend: t.startFailedMend,
    cause: failure,
  });
}

function died(log: string): PlanError {
  const t = texts(brokerTexts);
  return new PlanError({
    code: 'rabbitmq-died',
    exit: exitCodes.environment,
    what: t.died(log),
    mend: t.diedMend,
  });
}
