import type { FreezePoint } from '../../kata/faults.js';
import type { Database, Session } from '../../kata/database.js';

/** Of the lab's advisory locks; programs have all other numbers, and the 64-bit ones, for themselves. */
export const lockClass = 0x706c616e;

/** Waits no longer than that for a table that is in use. */
const installLimit = '10s';

/**
 * Makes the trigger of a freeze point, in a schema of the lab's own. It asks for the lock and gives
 * it back at once, so that a row that went on holds nothing.
 * @throws the driver's error: an unknown table, a condition that is not SQL
 */
export async function installTrigger(
  session: Session,
  { table, on, timing = 'before', when, first }: FreezePoint,
  number: number,
): Promise<void> {
  const name = `plan_lab.freeze_${number}`;
  // nextval is never rolled back: a row counts even where its transaction comes to nothing.
  const counted = first === undefined ? 'true' : `nextval('${name}_rows') <= ${Math.trunc(first)}`;
  await session.query(`
    BEGIN;
    SET LOCAL lock_timeout = '${installLimit}';
    SET LOCAL client_min_messages = warning;
    CREATE SCHEMA IF NOT EXISTS plan_lab;
    CREATE SEQUENCE ${name}_rows;
    CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $plan_lab$
    BEGIN
      IF ${counted} THEN
        PERFORM pg_catalog.pg_advisory_lock_shared(${lockClass}, ${number});
        PERFORM pg_catalog.pg_advisory_unlock_shared(${lockClass}, ${number});
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $plan_lab$;
    ${headOf(timing, triggerName(timing, number), `${on} ON ${table}`)}
      FOR EACH ROW ${when === undefined ? '' : `WHEN (${when})`} EXECUTE FUNCTION ${name}();
    COMMIT`);
}

type Timing = NonNullable<FreezePoint['timing']>;

/** A deferred trigger fires as its transaction commits. */
function headOf(timing: Timing, name: string, onWhat: string): string {
  return timing === 'commit'
    ? `CREATE CONSTRAINT TRIGGER ${name} AFTER ${onWhat} DEFERRABLE INITIALLY DEFERRED`
    : `CREATE TRIGGER ${name} ${timing} ${onWhat}`;
}

/**
 * What the server knows of the trigger, for comparing. A program that owns the table may take it
 * off, switch it off, or put another table in this one's place; `xmin` tells also where it has put
 * everything back.
 * @returns undefined where there is no such trigger any more
 */
export async function readTrigger(
  database: Pick<Database, 'query'>,
  { table, timing = 'before' }: FreezePoint,
  number: number,
): Promise<string | undefined> {
  const [row] = await database.query<{ state: string }>(
    `SELECT pg_catalog.concat_ws(' ', t.oid, t.xmin, t.tgenabled, t.tgrelid, p.oid, p.xmin) AS state
     FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
     WHERE t.tgrelid = pg_catalog.to_regclass($1) AND pg_catalog.quote_ident(t.tgname::text) = $2 AND t.tgenabled = 'O'`,
    [table, triggerName(timing, number)],
  );
  return row?.state;
}

/** Triggers run in the order of their names: this one before the schema's own, or after them. */
function triggerName(timing: Timing, number: number): string {
  return timing === 'before' ? `"!plan_freeze_${number}"` : `"~plan_freeze_${number}"`;
}
