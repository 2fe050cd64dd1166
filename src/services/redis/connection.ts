import type { RedisClientType } from 'redis';
import { errorMessage } from '../../base/errors.js';
import { within } from '../../base/within.js';
import { maskUrl } from '../../base/mask.js';
import type { ProviderName, ServiceRecord } from '../../kata/run-record.js';

/** The lab's connection to a Redis; commands that have helpers use those. */
export type RedisConnection = RedisClientType;

/** One that says nothing for so long, whatever was asked, is as good as broken. */
const silentWithinMs = 20_000;

/**
 * One that neither brings the program down nor connects again by itself when the server breaks it:
 * whoever asks next opens another.
 * @throws the driver's error
 */
export async function connectRedis(url: string, timeoutMs = 5_000): Promise<RedisConnection> {
  const { createClient } = await import('redis');
  const connection: RedisConnection = createClient({
    url,
    disableClientInfo: true,
    socket: {
      reconnectStrategy: false,
      connectTimeout: timeoutMs,
      socketTimeout: silentWithinMs,
    },
  });
  connection.on('error', () => undefined);
  try {
    // The driver's own limits are on silence: one that goes on and on sending has none.
    await within('Redis', 2 * timeoutMs, connection.connect());
    return connection;
  } catch (error) {
    disconnect(connection);
    throw error;
  }
}

/** Ends it at once; one that has ended is no problem. */
export function disconnect(connection: RedisConnection): void {
  if (connection.isOpen) connection.destroy();
}

/** The server answered, and said no; everything else is a connection that broke. */
export async function isRefusal(error: unknown): Promise<boolean> {
  const { ErrorReply } = await import('redis');
  return error instanceof ErrorReply;
}

/** One piece of work on a connection of its own. */
export async function withRedis<T>(
  url: string,
  work: (connection: RedisConnection) => Promise<T>,
): Promise<T> {
  const connection = await connectRedis(url);
  try {
    return await work(connection);
  } finally {
    disconnect(connection);
  }
}

/** Asks a server of ours. One that does not answer refuses nothing: it may be busy, or killed. */
export async function refusesUs(url: string): Promise<boolean> {
  return withRedis(url, () => Promise.resolve(false)).catch((error: unknown) =>
    /^(WRONGPASS|NOAUTH)/.test(errorMessage(error)),
  );
}

/** Settings that bear on what survives, and on the figures. */
const told = ['appendonly', 'appendfsync'];

/**
 * What the run record says of a server, asked from the server itself.
 * @throws the driver's error, also while it still reads its data
 */
export function redisRecord(
  url: string,
  how: { provider: ProviderName; kept: boolean },
): Promise<ServiceRecord> {
  return withRedis(url, async (connection) => {
    // Refused while it still reads its data, where the rest is answered.
    await connection.ping();
    const facts = factsIn(await connection.info('server'));
    // Some services do not show their configuration.
    const settings = await connection.configGet(told).catch(() => ({}));
    const valkey = facts.get('valkey_version');
    return {
      name: 'redis',
      version: facts.get('redis_version') ?? '?',
      ...how,
      url: maskUrl(url),
      settings: { ...(valkey !== undefined && { valkey }), ...settings },
    };
  });
}

/** `redis_version:7.0.15` */
function factsIn(info: string): Map<string, string> {
  return new Map(
    info.split('\r\n').flatMap((line) => {
      const [, name, value] = /^(\w+):(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}
