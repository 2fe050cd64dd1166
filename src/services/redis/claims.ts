import { exitCodes, PlanError } from '../../base/errors.js';
import { redisTexts } from './texts.js';
import { texts } from '../../i18n/text.js';
import { connectRedis, disconnect, type RedisConnection } from './connection.js';

/** In every database that is claimed; its value says by whom. */
export const claimKey = 'plan:claimed-by';

/**
 * Takes one of the empty databases of a server: several programs may look for one at once, and each
 * gets another. Number 0 is where everybody else works, and is never taken.
 * @param by a name that nobody else has
 * @param before called with a number before it is tried, since this program may be killed then
 * @returns its number
 * @throws PlanError `no-redis-database` (exit 4) · the driver's error
 */
export async function claimDatabase(
  url: string,
  by: string,
  before: (index: number) => Promise<Attempt>,
): Promise<number> {
  const connection = await connectRedis(url);
  try {
    const used = await databasesInUse(connection);
    for (let index = 1; ; index += 1) {
      if (used.has(index)) continue;
      if (!(await canSelect(connection, index))) throw noneLeft(index - 1);
      const attempt = await before(index);
      if (await claimed(connection, by)) return index;
      await attempt.forget();
    }
  } finally {
    disconnect(connection);
  }
}

interface Attempt {
  forget(): Promise<void>;
}

/**
 * Empties a database that `by` has claimed, and so gives it back. One that somebody else has
 * claimed by now is left as it is.
 * @param emptied what is in it is `by`'s also where the claim is gone: a program has emptied it
 * @throws the driver's error
 */
export async function releaseDatabase(
  url: string,
  { index, by }: { index: number; by: string },
  emptied = false,
): Promise<void> {
  const connection = await connectRedis(url);
  try {
    await connection.select(index);
    await connection.watch(claimKey);
    const owner = await connection.get(claimKey);
    if (owner === by || (owner === null && emptied)) await connection.multi().flushDb().exec();
  } finally {
    disconnect(connection);
  }
}

/** Both in one step: whoever finds more than his own claim came to a database that is not empty. */
async function claimed(connection: RedisConnection, by: string): Promise<boolean> {
  const [set, keys] = (await connection
    .multi()
    .set(claimKey, by, { condition: 'NX' })
    .dbSize()
    .exec()) as unknown as [string | null, number];
  if (set === null) return false;
  if (keys === 1) return true;
  await connection.del(claimKey);
  return false;
}

/** `db3:keys=2,expires=0,avg_ttl=0` */
async function databasesInUse(connection: RedisConnection): Promise<Set<number>> {
  const info = await connection.info('keyspace');
  return new Set([...info.matchAll(/^db(\d+):/gm)].map(([, index]) => Number(index)));
}

async function canSelect(connection: RedisConnection, index: number): Promise<boolean> {
  try {
    await connection.select(index);
    return true;
  } catch (error) {
    // `ERR DB index is out of range`, and in a cluster `ERR SELECT is not allowed in cluster mode`.
    if (error instanceof Error && error.message.startsWith('ERR ')) return false;
    throw error;
  }
}

function noneLeft(databases: number): PlanError {
  const t = texts(redisTexts);
  const about =
    databases === 0
      ? { what: t.onlyOne, mend: t.onlyOneMend }
      : { what: t.noneFree(databases), mend: t.noneFreeMend };
  return new PlanError({ code: 'no-redis-database', exit: exitCodes.environment, ...about });
}
