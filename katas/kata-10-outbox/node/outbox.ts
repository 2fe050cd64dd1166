import type pg from 'pg';
import { inTransaction } from '../../kit/node/postgres.js';
import { insertOrder, type Place } from './orders.js';
import type { Publisher } from './publisher.js';
import { publishInOrder } from './publish-in-order.js';

/** The order and the note that its event is to be published: both are committed, or neither. */
export function intoOutbox(pool: pg.Pool): Place {
  return (order) =>
    inTransaction(pool, 'READ COMMITTED', async (tx) => {
      if (!(await insertOrder(tx, order))) return;
      await tx.query(
        `INSERT INTO outbox (aggregatetype, aggregateid, type, payload)
         VALUES ('customer', $1, 'order.placed', $2)`,
        [order.customer, order],
      );
    });
}

/** One turn of a relay. @returns how many events it published */
export type Turn = () => Promise<number>;

const batch = 100;

export interface Row {
  readonly xid: string;
  readonly position: string;
  readonly id: string;
  readonly aggregate: string;
  readonly payload: unknown;
}

/**
 * Ordered by the columns themselves: what is selected is text, where 10 comes before 9.
 *
 * A position is taken when a row is written, and the row is seen when it is committed: 7 can become
 * visible after 8 has been published, and then nobody looks for it any more.
 */
const byPosition = `
  SELECT xid::text, position::text, id, aggregateid AS aggregate, payload FROM outbox
  WHERE position > $2::bigint AND $1::xid8 IS NOT NULL
  ORDER BY outbox.position LIMIT ${batch}`;

/**
 * Only what no open transaction can still come before: below the xmin of a snapshot every
 * transaction has ended. PostgreSQL documentation, 9.27.8, "Transaction ID and Snapshot
 * Information Functions".
 *
 * `(xid, position)` is the order in which transactions began to write, not that in which they
 * committed. Where two of one aggregate overlap, it is the aggregate's own order only if each takes
 * its xid under the aggregate's lock: SELECT … FOR UPDATE first does that, an UPDATE takes it before it
 * waits. Here that never matters: an order is placed once the one before
 * it is answered. Where it does, keep a version in the aggregate's row, and order its events by that.
 * And xids belong to one cluster: after a dump and a restore they begin anew, and a stored place
 * skips events.
 */
const byTransaction = `
  SELECT xid::text, position::text, id, aggregateid AS aggregate, payload FROM outbox
  WHERE (xid, position) > ($1::xid8, $2::bigint)
    AND xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY outbox.xid, outbox.position LIMIT ${batch}`;

export const naiveRelay = (pool: pg.Pool, publisher: Publisher): Turn =>
  relay(pool, publisher, byPosition);

export const relayInOrder = (pool: pg.Pool, publisher: Publisher): Turn =>
  relay(pool, publisher, byTransaction);

/**
 * Takes its turn, publishes, waits for the confirms, and only then notes how far it is. A relay that dies before
 * that leaves the events to be published again, under the same ids. The locked row lets one relay
 * work at a time: two would share out one customer's events, and lose their order. SKIP LOCKED has
 * nothing to skip to, there is one row: who does not get it stands by, and has it as soon as the
 * other's transaction ends, or its connection.
 */
function relay(pool: pg.Pool, publisher: Publisher, next: string): Turn {
  return () =>
    inTransaction(pool, 'READ COMMITTED', async (tx) => {
      const { rows: places } = await tx.query<{ xid: string; position: string }>(
        `SELECT xid::text, position::text FROM relay WHERE name = 'orders' FOR UPDATE SKIP LOCKED`,
      );
      const [place] = places;
      if (!place) return 0;
      const { rows } = await tx.query<Row>(next, [place.xid, place.position]);
      const last = rows.at(-1);
      if (!last) return 0;
      await publishInOrder(tx, publisher, rows);
      await tx.query(
        `UPDATE relay SET xid = $1::xid8, position = $2::bigint WHERE name = 'orders'`,
        [last.xid, last.position],
      );
      return rows.length;
    });
}
