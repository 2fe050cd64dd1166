import { writeRegistries, type ControlDoor } from '../rabbitmq/private/control.js';
import type { Docker } from './image.js';
import type { ContainerLife } from './life.js';
import type { ServerControl } from '../types.js';

interface Parts {
  readonly name: string;
  /** RabbitMQ's. */
  readonly door?: ControlDoor;
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
    const { door } = this.#parts;
    if (door !== undefined) await writeRegistries(door);
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
