import type { Database } from '../../../src/kata/index.js';
import { lock, lockedGood, statementMs } from '../contract.js';
import type { Row } from '../notes.js';
import type { Cause } from '../contract/seal.js';

/** What a statement costs is the lab's to say: then it costs the same on every machine. */
export async function pace(database: Database, cause: Cause): Promise<void> {
  const slow = cause === 'slow-statement' ? statementMs.slow : statementMs.usual;
  for (const [table, ms] of Object.entries({ orders: statementMs.usual, parcels: slow }))
    await database.query(`
      CREATE FUNCTION plan_pace_${table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
        PERFORM pg_sleep(${ms / 1000});
        RETURN NULL;
      END $$;
      CREATE TRIGGER plan_pace AFTER INSERT ON ${table} FOR EACH STATEMENT
        EXECUTE FUNCTION plan_pace_${table}()`);
}

/**
 * Somebody changes one of the goods again and again, and thinks before the COMMIT. An order refers to
 * its good, so its INSERT waits for that row; orders of other goods do not.
 */
export async function hold(database: Database, cause: Cause): Promise<void> {
  if (cause !== 'lock') return;
  const session = await database.session();
  for (let n = 0; n < lock.times; n += 1) {
    await session.query('BEGIN');
    await session.query('SELECT FROM goods WHERE sku = $1 FOR UPDATE', [lockedGood]);
    await session.query(`SELECT pg_sleep(${lock.heldMs / 1000})`);
    await session.query('COMMIT');
    await session.query(`SELECT pg_sleep(${lock.freeMs / 1000})`);
  }
  await session.close();
}

export function rowsIn(database: Database): Promise<Row[]> {
  return database.query<Row>(`
    SELECT id, (extract(epoch FROM stored_at) * 1000000)::float8 AS "storedUs",
           (SELECT count(*)::integer FROM parcels WHERE order_id = id) AS parcels
    FROM orders ORDER BY id`);
}
