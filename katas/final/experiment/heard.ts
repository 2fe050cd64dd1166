import { duties, type RoleName } from '../contract.js';
import type { Final, Overtaken } from '../notes.js';
import { readRows } from './rows.js';
import type { Shop } from './shop.js';

/** Once may be the first time, and twice after a moment of trouble. */
const oftenEnough = 3;
const remembersWithinMs = 4_000;
const longestMs = 60_000;

/** Whether services have heard the compensations of orders whose steps are kept back from them. */
export class Heard {
  readonly #shop: Shop;
  /** By address: the step that is kept back. Until that is handed on, only its compensation comes. */
  readonly #steps: ReadonlyMap<string, string>;
  readonly #came = new Map<string, number>();
  #isOver = false;

  constructor(shop: Shop, steps: ReadonlyMap<string, string>) {
    this.#shop = shop;
    this.#steps = steps;
  }

  /** Counts what comes to them by the wire, until `of` is asked. */
  async count(): Promise<void> {
    await Promise.all([...this.#steps.keys()].map((address) => this.#countOf(address)));
  }

  async #countOf(address: string): Promise<void> {
    const { lab, parts } = this.#shop;
    const { broker } = parts[this.#roleOf(address)];
    while (!this.#isOver && this.#cameTo(address) < oftenEnough) {
      const hold = broker.hold('to-client', { pattern: address, first: 1 });
      await lab.until('it comes', () => this.#isOver || hold.held > 0, longestMs);
      if (hold.held > 0) this.#came.set(address, this.#cameTo(address) + 1);
      hold.release();
    }
  }

  /** Waits until all remember, as they are to do at once; who does not has some seconds for it. */
  async of(): Promise<ReadonlyMap<string, Overtaken['heard']>> {
    const look = async (): Promise<ReadonlySet<string>> =>
      this.#remembered(await readRows(this.#shop.lab));
    await this.#shop.lab.until(
      'compensations are remembered',
      async () => (await look()).size === this.#steps.size,
      remembersWithinMs,
    );
    const remembered = await look();
    this.#isOver = true;
    return new Map(
      [...this.#steps.keys()].map((address) => {
        if (remembered.has(address)) return [address, 'remembered'];
        return [address, this.#cameTo(address) >= oftenEnough ? 'again' : undefined];
      }),
    );
  }

  #remembered(rows: Final): ReadonlySet<string> {
    const known: Readonly<Record<RoleName, readonly { order: string }[]>> = {
      ...{ orders: [], payments: rows.payments },
      ...{ inventory: rows.reservations, shipping: rows.parcels },
    };
    const has = (address: string): boolean => {
      const id = rows.orders.find((row) => row.address === address)?.id;
      return known[this.#roleOf(address)].some(({ order }) => order === id);
    };
    return new Set([...this.#steps.keys()].filter(has));
  }

  #roleOf(address: string): RoleName {
    return duties[this.#steps.get(address) as keyof typeof duties];
  }

  #cameTo(address: string): number {
    return this.#came.get(address) ?? 0;
  }
}
