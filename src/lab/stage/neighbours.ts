import type { StartOptions } from '../../kata/lab.js';
import { addressVariable } from '../../kata/roles.js';
import type { Kata } from '../../kata/define.js';
import { choosePort } from '../../base/port.js';
import type { Recorder } from '../../history/recorder.js';
import { CallRelay } from './calls.js';

/**
 * Where the roles of a system find each other. What a role is told of a neighbour stays true however
 * often that one is started; the lab stands there, and takes down who calls whom.
 */
export class Neighbours {
  readonly #relays: readonly CallRelay[];
  /** Of a role, ways that the experiment has laid itself. */
  readonly #laid = new Set<CallRelay>();
  readonly #there = new Set<string>();

  private constructor(relays: readonly CallRelay[]) {
    this.#relays = relays;
  }

  static async of(
    { programs = {} }: Pick<Kata, 'programs'>,
    recorder: Recorder,
  ): Promise<Neighbours> {
    let calls = 0;
    const number = (): number => {
      calls += 1;
      return calls - 1;
    };
    const relays: CallRelay[] = [];
    for (const [to, { routes = [] }] of Object.entries(programs)) {
      if (routes.length === 0) continue;
      for (const from of Object.keys(programs)) {
        if (from === to) continue;
        const port = await choosePort('program');
        relays.push(new CallRelay({ from, to, port }, recorder, number));
      }
    }
    return new Neighbours(relays);
  }

  /** `PAYMENT_URL` and the like. @param others ways that the experiment has laid */
  async environmentOf(
    role: string,
    others: StartOptions['neighbours'] = {},
  ): Promise<Record<string, string>> {
    const told: Record<string, string> = {};
    for (const relay of this.#relays) {
      const { from, to, port } = relay.way;
      if (from !== role) continue;
      told[addressVariable(to)] = `http://127.0.0.1:${port}`;
      const laid = others[to];
      if (laid === undefined) continue;
      this.#laid.add(relay);
      await relay.listen(laid.url);
    }
    return told;
  }

  /**
   * A program of this role is there for its neighbours; further replicas are not.
   * @returns what is to be done once it has ended
   */
  async arrived(role: string, url: string): Promise<() => Promise<void>> {
    if (this.#there.has(role)) return () => Promise.resolve();
    this.#there.add(role);
    const ways = this.#relays.filter((relay) => relay.way.to === role && !this.#laid.has(relay));
    await Promise.all(ways.map((relay) => relay.listen(url)));
    return async () => {
      this.#there.delete(role);
      await Promise.all(ways.map((relay) => relay.close()));
    };
  }

  /** Nobody hears of this role, nor this role of anybody. */
  cut(role: string): void {
    for (const relay of this.#of(role)) relay.cut();
  }

  heal(role: string): void {
    for (const relay of this.#of(role)) relay.heal();
  }

  async end(): Promise<void> {
    await Promise.all(this.#relays.map((relay) => relay.close()));
  }

  #of(role: string): CallRelay[] {
    return this.#relays.filter(({ way }) => way.from === role || way.to === role);
  }
}
