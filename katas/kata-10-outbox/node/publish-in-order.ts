import { log } from '../../kit/node/log.js';
import type { Transaction } from '../../kit/node/postgres.js';
import { publishAll } from '../../kit/node/refused.js';
import type { Row } from './outbox.js';
import type { Publisher } from './publisher.js';

/**
 * Publishes all of them, the events of one aggregate one after the other: of two that are under way at
 * once the broker may refuse the first and take the second.
 *
 * One that it always refuses (too large, say) would stop all behind it for ever. It is set aside, and
 * with it all later ones of its aggregate, which would come out of order: somebody has to look at
 * them. Only where the broker takes the event of another: one that is away, or refuses everybody, is
 * waited for. To count its failures too would set all aside that came while it was down.
 * @throws where the broker is away: nothing is set aside then
 */
export async function publishInOrder(
  tx: Transaction,
  publisher: Publisher,
  rows: readonly Row[],
): Promise<void> {
  const aside = await setAsideBefore(tx, rows);
  for (const wave of wavesOf(rows)) {
    for (const row of wave.filter(({ aggregate }) => aside.has(aggregate)))
      await setAside(tx, row, 'it comes after one that is set aside');
    const free = wave.filter(({ aggregate }) => !aside.has(aggregate));
    const publish = (some: readonly Row[]): Promise<void> => publisher.publish(some.map(eventOf));
    const another = (): Promise<Row | undefined> => nextOfAnother(tx, free, aside);
    for (const { row, reason } of await publishAll(publish, free, another)) {
      await setAside(tx, row, reason);
      aside.add(row.aggregate);
    }
  }
}

/** The first of each aggregate, then the second of each, and so on. */
export function wavesOf<R extends Pick<Row, 'aggregate'>>(rows: readonly R[]): readonly R[][] {
  const waves: R[][] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const n = seen.get(row.aggregate) ?? 0;
    seen.set(row.aggregate, n + 1);
    (waves[n] ??= []).push(row);
  }
  return waves;
}

/** The next event of an aggregate that is neither refused nor set aside. */
async function nextOfAnother(
  tx: Transaction,
  wave: readonly Row[],
  aside: ReadonlySet<string>,
): Promise<Row | undefined> {
  const [first] = wave;
  const { rows } = await tx.query<Row>(
    `SELECT xid::text, position::text, id, aggregateid AS aggregate, payload FROM outbox
     WHERE (xid, position) > ($1::xid8, $2::bigint) AND aggregateid <> ALL ($3)
       AND xid < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY outbox.xid, outbox.position LIMIT 1`,
    [first?.xid, first?.position, [...aside, ...wave.map(({ aggregate }) => aggregate)]],
  );
  return rows[0];
}

async function setAsideBefore(tx: Transaction, rows: readonly Row[]): Promise<Set<string>> {
  const { rows: found } = await tx.query<{ aggregate: string }>(
    'SELECT DISTINCT aggregateid AS aggregate FROM set_aside WHERE aggregateid = ANY ($1)',
    [rows.map(({ aggregate }) => aggregate)],
  );
  return new Set(found.map(({ aggregate }) => aggregate));
}

/** In the transaction that notes the progress: an event is done, or it is here. */
async function setAside(tx: Transaction, row: Row, reason: string): Promise<void> {
  log('set aside:', row.id, reason);
  await tx.query('INSERT INTO set_aside (event, aggregateid, reason) VALUES ($1, $2, $3)', [
    row.id,
    row.aggregate,
    reason,
  ]);
}

const eventOf = ({ id, payload }: Row) => ({ id, body: payload });
