import type { ProcessIdentity } from '../../register/identity.js';
import type { ServerControl } from '../types.js';
import { killServer, ServerFailure, stopServer, type Launched } from './launch.js';
import { logTail } from './log-tail.js';

/** A process, and when it ends. */
export interface Life {
  readonly process: ProcessIdentity;
  readonly ended: Promise<void>;
  /** Takes it out of the register, where it is there. */
  readonly release: () => Promise<void>;
}

export interface Parts {
  readonly life: Life;
  readonly log: string;
  /** The same server again. @throws ServerFailure and others */
  readonly launch: () => Promise<Launched>;
  /** Called with each new process, before the start counts as done: a kept one is written down. */
  readonly onRestart: (life: Life & { letGo(): void }) => Promise<void>;
  /** What is done before it is killed, so that only what the experiment is about is lost. */
  readonly beforeKill?: () => Promise<void>;
  /** The faults as people are to read them. */
  readonly startFailed: (failure: ServerFailure) => Error;
  readonly died: (log: string) => Error;
}

/**
 * A server of ours that an experiment may end and start again. Only an end that nobody asked for is
 * its death.
 */
export class RestartableServer implements ServerControl {
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
    await this.#parts.beforeKill?.();
    await this.#end(killServer);
  }

  async stop(): Promise<void> {
    await this.#end(stopServer);
  }

  /** Nothing where it runs. @throws PlanError where it does not start (exit 4) */
  async start(): Promise<void> {
    if (this.#up) return;
    const { launch, onRestart, startFailed } = this.#parts;
    try {
      const life = await launch();
      this.#life = life;
      this.#up = true;
      this.#watch(life);
      await onRestart(life);
    } catch (error) {
      throw error instanceof ServerFailure ? startFailed(error) : error;
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
      this.#tellDeath(this.#parts.died(await logTail(this.#parts.log)));
    });
  }
}
