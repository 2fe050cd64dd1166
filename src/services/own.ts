import type { Broker } from '../kata/broker.js';
import { serviceNames } from '../kata/services.js';
import { capabilityOf, type Places } from './capabilities.js';
import type { AnyCapability, CaseOfPlace, Place } from './capability.js';
import { noBroker } from './rabbitmq/client/no-broker.js';
import type { CaseDatabase } from './postgres/client.js';
import { noDatabase } from './postgres/no-database.js';
import type { RunningServices } from './start.js';

interface CaseOfServices extends CaseOfPlace {
  readonly kata: string;
  readonly services: RunningServices;
}

/** What a case has of its own; where it has no such service, using it is a defect of the kata. */
export interface OwnServices {
  readonly database: CaseDatabase;
  readonly broker: Broker;
  readonly places: Places;
}

/**
 * A place of the case's own on every server that it has; removed when the work is done, however it
 * ends, the last one first.
 */
export async function onFreshServices<T>(
  one: CaseOfServices,
  work: (own: OwnServices) => Promise<T>,
): Promise<T> {
  const places: Record<string, Place<unknown>> = {};
  try {
    for (const name of [...serviceNames].reverse()) {
      const server = one.services[name];
      if (server === undefined) continue;
      const capability: AnyCapability = await capabilityOf(name);
      places[name] = await capability.place(server as never, one);
    }
    const own: Places = places;
    return await work({
      database: own.postgres?.hands ?? noDatabase(one.kata),
      broker: own.rabbitmq?.hands ?? noBroker(one.kata),
      places: own,
    });
  } finally {
    await endAll(Object.values(places).reverse());
  }
}

/** Also where one does not end: the others must not stay for it. */
async function endAll(places: readonly Place<unknown>[]): Promise<void> {
  const failures: unknown[] = [];
  for (const place of places) await place.end().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
