import { texts } from '../../../i18n/text.js';
import { brokerTexts } from '../../../i18n/broker.js';
import { exitCodes, PlanError } from '../../../base/errors.js';
import type { ProcessIdentity } from '../../running/identity.js';
import { logTail } from '../private/log-tail.js';
import type { BrokerControl } from '../types.js';
import { writeRegistries } from './control.js';
import { killNode, launchNode, NodeFailure, stopNode } from './launch.js';
import type { NodeSpec } from './spec.js';

/** A process, and when it ends. */
export interface Life {
  readonly process: ProcessIdentity;
  readonly ended: Promise<void>;
  /** Takes it out of the register, where it is there. */
  readonly release: () => Promise<void>;
}

interface Parts {
  readonly spec: NodeSpec;
  readonly life: Life;
  readonly signal: AbortSignal;
  /** Called with each new process, before the start counts as done: a kept one is written down. */
  readonly onRestart: (life: Life & { letGo(): void }) => Promise<void>;
}

/**
 * A node of ours that an experiment may end and start again. Only an end that nobody asked for is
 * its death.
 */
export class BrokerNode implements BrokerControl {
  readonly possible = true;
  /** Settles only for an end that was not asked for here, with the end of the log. */
  readonly died: Promise<Error>;
  readonly #parts: Parts;
  #life: Life;
  #up = true;
  #tellDeath: (error: Error) => void = () => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#life = parts.life;
    this.died = new Promise((resolve) => (this.#tellDeath = resolve));
    this.#watch(parts.life);
  }

  get process(): ProcessIdentity {
    return this.#life.process;
  }

  async kill(): Promise<void> {
    await writeRegistries(this.#parts.spec.control);
    await this.#end(killNode);
  }

  async stop(): Promise<void> {
    await this.#end(stopNode);
  }

  /** Nothing where it runs. @throws PlanError `rabbitmq-start-failed` (exit 4) */
  async start(): Promise<void> {
    if (this.#up) return;
    const { spec, signal, onRestart } = this.#parts;
    try {
      const life = await launchNode(spec, signal);
      this.#life = life;
      this.#up = true;
      this.#watch(life);
      await onRestart(life);
    } catch (error) {
      throw error instanceof NodeFailure ? startFailed(error) : error;
    }
  }

  async #end(how: (process: ProcessIdentity) => Promise<unknown>): Promise<void> {
    this.#up = false;
    await how(this.#life.process);
    await this.#life.release();
  }

  #watch(life: Life): void {
    void life.ended.then(async () => {
      if (!this.#up || this.#life !== life) return;
      this.#tellDeath(died(await logTail(this.#parts.spec.log)));
    });
  }
}

export function startFailed(failure: NodeFailure): PlanError {
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
