import type { Docker } from './image.js';
import type { ContainerLife } from './life.js';
import type { ServerControl } from '../types.js';

interface Parts {
  readonly name: string;
  /** What has to be on its disk before it is killed. */
  readonly beforeKill?: (() => Promise<void>) | undefined;
  readonly connect: () => Promise<Docker>;
  /** Undefined for a kept one, whose end nobody watches. */
  readonly life?: ContainerLife;
  readonly untilAnswers: () => Promise<void>;
}

/** How long an orderly end may take before the engine kills it, seconds. */
const patience = 20;

/** A container that an experiment may end and start again. */
export class ContainerControl implements ServerControl {
  readonly possible = true;
  readonly #parts: Parts;
  #up = true;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async kill(): Promise<void> {
    await this.#parts.beforeKill?.();
    const container = await this.#toEnd();
    await container.kill();
  }

  async stop(): Promise<void> {
    const container = await this.#toEnd();
    await container.stop({ t: patience });
  }

  async start(): Promise<void> {
    if (this.#up) return;
    const { name, connect, life, untilAnswers } = this.#parts;
    const docker = await connect();
    await docker.getContainer(name).start();
    this.#up = true;
    life?.watch();
    await untilAnswers();
  }

  async #toEnd() {
    const { name, connect, life } = this.#parts;
    life?.expectEnd();
    this.#up = false;
    return (await connect()).getContainer(name);
  }
}
