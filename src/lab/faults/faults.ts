import type { Kata } from '../../kata/define.js';
import type { FreezePoint, Partition, Proxy } from '../../kata/faults.js';
import type { Lab, Reachable } from '../../kata/lab.js';
import type { CaseDatabase } from '../../services/postgres/client.js';
import type { Recorder } from '../../history/recorder.js';
import type { OwnServices } from '../../services/own.js';
import { seededRandom } from '../../kata/random.js';
import { setFreeze, type SetFreeze } from './freeze.js';
import { FaultLog } from './log.js';
import { startProxy, type IsolatingProxy, type ProxyTarget } from './proxy/proxy.js';
import { databaseTarget, targetOf } from './proxy/target.js';

/** What the history calls the things that have addresses. */
type NameOf = (to: Reachable) => string | undefined;

/** What faults are brought about with. */
interface Conditions extends OwnServices {
  readonly kata: Kata;
  readonly planned: { readonly index: number };
  readonly seed: number;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/** Whose a fault is, and what he has for himself. */
export interface FaultsOf {
  readonly role: string;
  readonly database: CaseDatabase;
  /** By which he reaches the broker. */
  readonly broker: string | undefined;
}

/** The ways between neighbours. */
export interface CutOff {
  cut(role: string): void;
  heal(role: string): void;
}

/** The faults of one case. */
export class Faults {
  readonly #conditions: Conditions;
  readonly #nameOf: NameOf;
  readonly #log: FaultLog;
  readonly #proxies: Proxy[] = [];
  /** By role: what stands between it and its broker. */
  readonly #beforeBrokers = new Map<string, IsolatingProxy[]>();
  readonly #freezes: SetFreeze[] = [];

  constructor(conditions: Conditions, nameOf: NameOf) {
    this.#conditions = conditions;
    this.#nameOf = nameOf;
    this.#log = new FaultLog(conditions.recorder);
  }

  /** Faults that have begun and not ended. */
  get underWay(): number {
    return this.#log.underWay;
  }

  async proxy(to: Parameters<Lab['proxy']>[0], of?: FaultsOf): Promise<Proxy> {
    const { seed, planned } = this.#conditions;
    const random = seededRandom((seed + planned.index) ^ (this.#proxies.length + 1));
    const role = of?.role ?? (typeof to === 'object' ? to.role : undefined);
    const started = await startProxy(await this.#target(to, of), {
      ...this.#conditions,
      log: this.#log.ofRole(role),
      random,
    });
    // One before a program is a target, and what is sent there goes to that role.
    const proxy = role === undefined ? started : Object.assign(started, { role });
    this.#proxies.push(proxy);
    if (of !== undefined && to === 'broker')
      this.#beforeBrokers.set(of.role, [...(this.#beforeBrokers.get(of.role) ?? []), started]);
    return proxy;
  }

  /** One fault, of whatever lies between a role and the others. @throws Error as `RoleHands` says */
  partition({ role, broker }: FaultsOf, neighbours: CutOff): Partition {
    const proxies = this.#beforeBrokers.get(role) ?? [];
    if (broker !== undefined && proxies.length === 0)
      throw new Error(`${role} has no proxy before its broker, so nothing can cut it off`);
    const fault = this.#log.ofRole(role).begin({ kind: 'partition', target: role, detail: {} });
    const ends = proxies.map((proxy) => proxy.isolate());
    neighbours.cut(role);
    return {
      heal: () => {
        for (const end of ends) end();
        neighbours.heal(role);
        fault.ended('healed');
      },
    };
  }

  async freeze(point: FreezePoint, of?: FaultsOf): Promise<SetFreeze> {
    const { database } = of ?? this.#conditions;
    const conditions = { ...this.#conditions, database, log: this.#log.ofRole(of?.role) };
    const freeze = await setFreeze(conditions, point, this.#freezes.length);
    this.#freezes.push(freeze);
    return freeze;
  }

  /** @throws PlanError `freeze-lost` */
  async end(): Promise<void> {
    await Promise.all(this.#proxies.map((proxy) => proxy.stop()));
    for (const freeze of this.#freezes) await freeze.end();
  }

  async #target(to: Parameters<Lab['proxy']>[0], of?: FaultsOf): Promise<ProxyTarget> {
    const { broker, places, kata } = this.#conditions;
    const { database } = of ?? this.#conditions;
    if (typeof to === 'object') {
      const isBroker = Object.values(places).some(
        ({ url, workQueue }) => url === to.url && workQueue !== undefined,
      );
      const name = isBroker ? 'broker' : this.#nameOf(to);
      return targetOf(name ?? new URL(to.url).host, to.url);
    }
    if (to === 'broker') return targetOf(to, of?.broker ?? broker.url);
    if (database.url === undefined) throw new Error(`${kata.id} asks for no postgres`);
    const [tls] = await database.query<{ ssl: string }>(`SELECT current_setting('ssl') AS ssl`);
    return databaseTarget(database.url, tls?.ssl === 'on');
  }
}
