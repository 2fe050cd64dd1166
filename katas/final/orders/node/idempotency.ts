import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Work } from '../../../kit/node/telemetry/bus.js';
import type { Told } from './message.js';

/** Of the order itself, however it was written. */
export type Asked = Omit<Told, 'order'>;

/** Two of these may begin at once. */
export async function prepareKeys(pool: pg.Pool): Promise<void> {
  await pool.query(
    `BEGIN; SELECT pg_advisory_xact_lock(1);
     CREATE UNIQUE INDEX IF NOT EXISTS one_order_a_key ON idempotency_keys (client, key); COMMIT`,
  );
}

/**
 * The key belongs to the order in the transaction that takes it: who asks at the same moment waits
 * for that, and after a crash either both are there or neither.
 * @returns the order that the key stands for; undefined where that is another one
 */
export async function once(
  { tx }: Work,
  of: { readonly client: string; readonly key: string; readonly asked: Asked },
  order: string,
): Promise<string | undefined> {
  const fingerprint = fingerprintOf(of.asked);
  const { rowCount } = await tx.query(
    `INSERT INTO idempotency_keys (client, key, fingerprint, order_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [of.client, of.key, fingerprint, order],
  );
  if (rowCount === 1) return order;
  const { rows } = await tx.query<{ fingerprint: string; order_id: string }>(
    'SELECT fingerprint, order_id FROM idempotency_keys WHERE client = $1 AND key = $2',
    [of.client, of.key],
  );
  return rows[0]?.fingerprint === fingerprint ? rows[0].order_id : undefined;
}

function fingerprintOf({ customer, sku, quantity, amount, address }: Asked): string {
  const text = JSON.stringify([customer, sku, quantity, amount, address]);
  return createHash('sha256').update(text).digest('hex');
}
