import type { Received } from '../../../src/kata/index.js';
import { commands, duties } from '../contract.js';
import { copyOf } from './interpose.js';
import type { Shop } from './shop.js';

const waiting = 'plan.waiting';

/** Commands of one name that do not come to whom they are for until the lab hands them on. */
export class KeptBack {
  readonly #shop: Shop;
  readonly #name: keyof typeof duties;
  readonly #first: number;
  readonly #handedOn = new Set<Received>();

  private constructor(shop: Shop, name: keyof typeof duties) {
    this.#shop = shop;
    this.#name = name;
    this.#first = shop.observer.messages.length;
  }

  static async begin(shop: Shop, name: keyof typeof duties): Promise<KeptBack> {
    const { broker } = shop.lab;
    await broker.declareExchange(waiting, 'topic');
    await broker.bindQueue(duties[name], waiting, name);
    await broker.unbindQueue(duties[name], commands, name);
    return new KeptBack(shop, name);
  }

  /** Those that are about this order. */
  async handOn(order: string): Promise<void> {
    await this.#publish(this.#kept().filter(({ correlationId }) => correlationId === order));
  }

  /** All of them, and whatever comes from now on as ever. */
  async end(): Promise<void> {
    const { broker } = this.#shop.lab;
    await broker.bindQueue(duties[this.#name], commands, this.#name);
    await this.#shop.quiet();
    await this.#publish(this.#kept());
    await broker.unbindQueue(duties[this.#name], waiting, this.#name);
  }

  #kept(): Received[] {
    return this.#shop.observer.messages
      .slice(this.#first)
      .filter((one) => one.key === this.#name && !this.#handedOn.has(one));
  }

  async #publish(messages: readonly Received[]): Promise<void> {
    for (const message of messages) {
      this.#handedOn.add(message);
      await this.#shop.lab.broker.publish({ exchange: waiting, key: message.key }, [
        copyOf(message),
      ]);
    }
  }
}
