import pg from 'pg';
import { log } from './log.js';

export type Transaction = pg.PoolClient;

const isolations = {
  'read-committed': 'READ COMMITTED',
  'repeatable-read': 'REPEATABLE READ',
  serializable: 'SERIALIZABLE',
} as const;

/** As SQL says it: `READ COMMITTED`. */
export type Isolation = (typeof isolations)[keyof typeof isolations];

/** @throws Error that names the variable and what it may be */
export function isolationOf(name: string): Isolation {
  if (Object.hasOwn(isolations, name)) return isolations[name as keyof typeof isolations];
  const names = Object.keys(isolations).join(', ');
  throw new Error(`PLAN_ISOLATION must be one of ${names}, not "${name}"`);
}

/**
 * How long to wait for a free connection, or for a new one to open. Without a limit a database that is
 * away, or one slow query in all of them, lets requests pile up for ever. A service of your own waits
 * less than its callers do; some experiments let a crowd stand in line for most of a minute.
 */
const waitMs = 60_000;

/** A pool with every connection open already, so that no measured request pays for opening one. */
export async function openPool(url: string, size = 20): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: waitMs,
  });
  // One that breaks while it is idle is replaced by the next query. One that breaks while it is in
  // use fails the query, and the error comes here as well. Unheard, either would end the process.
  pool.on('error', (error) => {
    log('an idle connection broke:', error.message);
  });
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  const opened = await Promise.all(Array.from({ length: size }, () => pool.connect()));
  for (const client of opened) client.release();
  return pool;
}

/** Commits what `work` did, or rolls all of it back when `work` throws. */
export async function inTransaction<T>(
  pool: pg.Pool,
  isolation: Isolation,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that can't even roll back is thrown away: its transaction ends with it.
    await client.query('ROLLBACK').catch((reason: unknown) => {
      broken = reason as Error;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
