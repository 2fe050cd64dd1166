import type { Received } from '../../../kata/broker.js';
import { groupName } from '../../../kata/work-queue.js';
import { bodyOf } from '../../body.js';
import type { RedisConnection } from '../connection.js';

/** How many entries are asked for at once. */
const page = 500;

/** The consumer group of a stream, from its beginning on; one that is there is no problem. */
export async function declareGroup(connection: RedisConnection, stream: string): Promise<void> {
  try {
    await connection.xGroupCreate(stream, groupName, '0', { MKSTREAM: true });
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error;
  }
}

/** Entries that nobody was given yet; of a stream without the group, all. */
export async function countWaiting(connection: RedisConnection, stream: string): Promise<number> {
  const delivered = await lastDelivered(connection, stream);
  if (delivered === undefined) return connection.xLen(stream);
  return (await entriesAfter(connection, stream, delivered)).length;
}

/**
 * Takes away all that is there: what nobody was given, and what somebody was given and never
 * acknowledged. What was acknowledged is done with, though Redis keeps it in the stream.
 */
export async function drainStream(
  connection: RedisConnection,
  stream: string,
): Promise<readonly Received[]> {
  const delivered = await lastDelivered(connection, stream);
  const pending = delivered === undefined ? [] : await pendingIn(connection, stream);
  const others = await entriesAfter(connection, stream, delivered ?? '-');
  const entries = [...pending, ...others];
  for (const some of inPages(entries.map(({ entry }) => entry.id))) {
    if (delivered !== undefined) await connection.xAck(stream, groupName, some);
    await connection.xDel(stream, some);
  }
  return entries.map(({ entry, redelivered }) => received(stream, entry, redelivered));
}

interface Entry {
  readonly id: string;
  readonly message: Readonly<Record<string, string>>;
}

interface Found {
  readonly entry: Entry;
  /** It was given to somebody before. */
  readonly redelivered: boolean;
}

async function lastDelivered(
  connection: RedisConnection,
  stream: string,
): Promise<string | undefined> {
  if ((await connection.exists(stream)) === 0) return undefined;
  const groups = await connection.xInfoGroups(stream);
  const group = groups.find(({ name }) => name === groupName);
  return group?.['last-delivered-id'];
}

/** `-` means from the first on. */
async function entriesAfter(
  connection: RedisConnection,
  stream: string,
  id: string,
): Promise<Found[]> {
  const all: Found[] = [];
  for (let start = id === '-' ? id : `(${id}`; ;) {
    const some = (await connection.xRange(stream, start, '+', { COUNT: page })) ?? [];
    all.push(...some.map((entry) => ({ entry, redelivered: false })));
    const last = some.at(-1);
    if (last === undefined || some.length < page) return all;
    start = `(${last.id}`;
  }
}

/** Of those that are pending but were deleted, nothing is left to take. */
async function pendingIn(connection: RedisConnection, stream: string): Promise<Found[]> {
  const all: Found[] = [];
  for (let start = '-'; ;) {
    const some = await connection.xPendingRange(stream, groupName, start, '+', page);
    for (const { id } of some) {
      const [entry] = (await connection.xRange(stream, id, id)) ?? [];
      if (entry !== undefined) all.push({ entry, redelivered: true });
    }
    const last = some.at(-1);
    if (last === undefined || some.length < page) return all;
    start = `(${last.id}`;
  }
}

function received(stream: string, { message }: Entry, redelivered: boolean): Received {
  const { id = '', body = '', ...headers } = message;
  const known = { exchange: '', key: stream, redelivered, deaths: [] };
  return { id, ...bodyOf(body), headers: { ...headers }, ...known };
}

function inPages(ids: readonly string[]): string[][] {
  const pages = Math.ceil(ids.length / page);
  return Array.from({ length: pages }, (_, n) => ids.slice(n * page, (n + 1) * page));
}
