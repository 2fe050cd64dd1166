import type { Broker } from '../kata/broker.js';
import { serviceNames, type ServiceName } from '../kata/services.js';
import { capabilityOf, type Places } from './capabilities.js';
import type { AnyCapability, CaseOfPlace, Place } from './capability.js';
import { noBroker } from './rabbitmq/client/no-broker.js';
import type { CaseDatabase } from './postgres/client.js';
import { noDatabase } from './postgres/no-database.js';
import type { RunningServices } from './start.js';

interface CaseOfServices extends CaseOfPlace {
  readonly kata: string;
  readonly services: RunningServices;
  /** Of a system. */
  readonly roles?: readonly RoleOfCase[];
}

interface RoleOfCase {
  readonly name: string;
  readonly services: readonly ServiceName[];
  /** SQL that fills its database. */
  readonly schema: string | undefined;
}

/** What a case has of its own; where it has no such service, using it is a defect of the kata. */
export interface OwnServices {
  readonly database: CaseDatabase;
  readonly broker: Broker;
  readonly places: Places;
  /** Of a system, by name. */
  readonly roles: ReadonlyMap<string, RoleServices>;
}

/** What a role of a system has. */
export interface RoleServices {
  readonly database: CaseDatabase;
  /** By what its programs reach each service. */
  readonly urls: Readonly<Partial<Record<ServiceName, string>>>;
}

/**
 * A place of the case's own on every server that it has, and of each role's own where roles don't
 * share one; removed when the work is done, however it ends, the last one first.
 */
export async function onFreshServices<T>(
  one: CaseOfServices,
  work: (own: OwnServices) => Promise<T>,
): Promise<T> {
  const places = new PlacesOfCase(one);
  try {
    for (const name of [...serviceNames].reverse())
      if (one.services[name] !== undefined) await places.make(name, await capabilityOf(name));
    return await work(places.own());
  } finally {
    await places.end();
  }
}

/** What has been made for a case so far. */
class PlacesOfCase {
  readonly #case: CaseOfServices;
  readonly #made: Place<unknown>[] = [];
  readonly #shared: Record<string, Place<unknown>> = {};
  readonly #ofRoles: ReadonlyMap<string, Map<ServiceName, Way>>;

  constructor(one: CaseOfServices) {
    this.#case = one;
    this.#ofRoles = new Map((one.roles ?? []).map(({ name }) => [name, new Map()]));
  }

  /** One for all, or one for each role. */
  async make(name: ServiceName, capability: AnyCapability): Promise<void> {
    const { roles, label } = this.#case;
    const isShared = roles === undefined || capability.eachRole !== 'place';
    const shared = isShared ? await this.#place(name, capability, this.#case) : undefined;
    if (shared !== undefined) this.#shared[name] = shared;
    for (const role of roles ?? []) {
      if (!role.services.includes(name)) continue;
      const of = { ...this.#case, label: `${label}-${role.name}`, schema: role.schema };
      const way: Way =
        shared === undefined
          ? await this.#place(name, capability, of)
          : { url: (await shared.login?.(role.name)) ?? shared.url };
      this.#ofRoles.get(role.name)?.set(name, way);
    }
  }

  own(): OwnServices {
    const { kata } = this.#case;
    const places: Places = this.#shared;
    return {
      database: places.postgres?.hands ?? noDatabase(kata),
      broker: places.rabbitmq?.hands ?? noBroker(kata),
      places,
      roles: new Map([...this.#ofRoles].map(([role, ways]) => [role, servicesOfRole(kata, ways)])),
    };
  }

  /** The last first; also where one does not end: the others must not stay for it. */
  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (const place of this.#made.reverse())
      await place.end().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  async #place(
    name: ServiceName,
    capability: AnyCapability,
    of: CaseOfPlace,
  ): Promise<Place<unknown>> {
    const place = await capability.place(this.#case.services[name] as never, of);
    this.#made.push(place);
    return place;
  }
}

/** Into a place: one of the role's own has hands too. */
type Way = Pick<Place<unknown>, 'url'> & Partial<Pick<Place<unknown>, 'hands'>>;

function servicesOfRole(kata: string, ways: ReadonlyMap<ServiceName, Way>): RoleServices {
  const urls = Object.fromEntries([...ways].map(([name, { url }]) => [name, url]));
  const database = ways.get('postgres')?.hands as CaseDatabase | undefined;
  return { database: database ?? noDatabase(kata), urls };
}
