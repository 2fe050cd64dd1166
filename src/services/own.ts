import type { Broker } from '../kata/broker.js';
import { noBroker, openBroker } from './rabbitmq/client/index.js';
import { noDatabase, openDatabase, type CaseDatabase } from './postgres/client.js';
import type { Recorder } from '../history/recorder.js';
import { freshDatabase, freshRedisDatabase, freshVhost, type RunningServices } from './index.js';
import { openRedis, type CaseRedis } from './work-queue.js';

interface CaseOfServices {
  readonly kata: string;
  /** What the names of what is its own begin with, after `plan_`. */
  readonly label: string;
  readonly services: RunningServices;
  /** SQL that fills the case's database, where it has one. */
  readonly schema?: string | undefined;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/** What a case has of its own; where it has no such service, using it is a defect of the kata. */
export interface OwnServices {
  readonly database: CaseDatabase;
  readonly broker: Broker;
  readonly redis: CaseRedis | undefined;
}

/**
 * A database, a vhost and a database of Redis of the case's own, as far as it has such services;
 * removed when the work is done, however it ends.
 */
export function onFreshServices<T>(
  one: CaseOfServices,
  work: (own: OwnServices) => Promise<T>,
): Promise<T> {
  return onFreshVhost(one, (broker) =>
    onFreshRedis(one, (redis) =>
      onFreshDatabase(one, (database) => work({ database, broker, redis })),
    ),
  );
}

async function onFreshDatabase<T>(
  { kata, label, schema, services: { postgres }, recorder }: CaseOfServices,
  work: (database: CaseDatabase) => Promise<T>,
): Promise<T> {
  if (postgres === undefined) return work(noDatabase(kata));
  const fresh = await freshDatabase(postgres, label, schema);
  const database = openDatabase(fresh, (note) => recorder.note('lab-blocked', note));
  try {
    return await work(database);
  } finally {
    await database.close();
    await fresh.drop();
  }
}

async function onFreshVhost<T>(
  { kata, label, services: { rabbitmq }, recorder, signal }: CaseOfServices,
  work: (broker: Broker) => Promise<T>,
): Promise<T> {
  if (rabbitmq === undefined) return work(noBroker(kata));
  const { admin, control } = rabbitmq;
  const vhost = await freshVhost(rabbitmq, label);
  const cutConnections = (): Promise<number> => admin.cutConnections(vhost.name);
  const broker = openBroker({ url: vhost.url, control, cutConnections, recorder, signal });
  try {
    return await work(broker);
  } finally {
    await broker.close();
    // The next case needs it, where this one has left it lying.
    if (control.possible && !signal.aborted) await control.start();
    await vhost.drop();
  }
}

async function onFreshRedis<T>(
  { label, services: { redis: server }, recorder, signal }: CaseOfServices,
  work: (redis: CaseRedis | undefined) => Promise<T>,
): Promise<T> {
  if (server === undefined) return work(undefined);
  const { control } = server;
  const fresh = await freshRedisDatabase(server, label);
  const redis = openRedis({ url: fresh.url, control, recorder, signal });
  try {
    return await work(redis);
  } finally {
    await redis.close();
    // The next case needs it, where this one has left it lying.
    if (control.possible && !signal.aborted) await control.start();
    await fresh.drop();
  }
}
