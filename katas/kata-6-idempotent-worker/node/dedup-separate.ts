import type { Pool } from 'pg';
import { charge, markAsSeen, type Strategy } from './payments.js';

/**
 * The right two statements, each in a transaction of its own. Whoever crashes between them has
 * marked a payment that was never taken: the next delivery is taken for a copy, and it is lost.
 */
export const markFirst: Strategy = async (pool, { id, payment }) => {
  if (await markAsSeen(pool, id)) await charge(pool, payment);
};

/** The other order: a crash in between leaves a charge without a mark, and it is charged again. */
export const effectFirst: Strategy = async (pool, { id, payment }) => {
  if (await wasSeen(pool, id)) return;
  await charge(pool, payment);
  await markAsSeen(pool, id);
};

async function wasSeen(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM inbox WHERE message_id = $1', [id]);
  return rowCount !== 0;
}
