import type { Lab } from '../../../src/kata/index.js';
import type { Numbers } from '../notes.js';

/** So many transactions are spent in a moment; a server that is far from the next digit keeps its xids. */
const mostSpent = 100_000;

/**
 * Positions and xids get a digit more after about so many orders from now: as text, which has an order
 * of its own, 10000 comes before 9999.
 */
export async function lengthenNumbers(lab: Lab, after: number): Promise<void> {
  const { database } = lab;
  await database.query(
    `SELECT setval(sequence, greatest(last, 10 ^ length((last + $1 + 1)::text) - $1)::bigint)
       FROM (SELECT 'outbox_position_seq'::regclass AS sequence, last_value AS last
               FROM outbox_position_seq) AS positions`,
    [after],
  );
  const [{ spend } = { spend: 0 }] = await database.query<{ spend: number }>(
    `SELECT least(10 ^ length((next + $1)::text) - $1 - next, 2147483647)::int AS spend
       FROM (SELECT pg_current_xact_id()::text::bigint + 1 AS next) AS xids`,
    [after],
  );
  lab.note('numbers', {
    xids: spend > mostSpent ? 'not-applicable' : 'one-digit-more',
    missing: spend,
  } satisfies Numbers);
  if (spend > 0 && spend <= mostSpent)
    await database.query(
      `DO $$ BEGIN
         FOR n IN 1..${Math.trunc(spend)} LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP;
       END $$`,
    );
}
