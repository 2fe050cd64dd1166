import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Transaction } from '../../kit/node/postgres.js';

export interface Payment {
  readonly client: string;
  readonly key: string;
  readonly order: string;
  /** Cents. */
  readonly amount: number;
}

/** What a payment came to, for good: it is done (201) or it was declined (402). */
export interface Final {
  readonly status: number;
  readonly body: unknown;
}

/** A final answer, or why there is none. */
export type Outcome = Final | 'in-progress' | 'already-used' | 'other-payload';

/** One way to treat the key: all that the strategies differ in. */
export interface Strategy {
  /** Before the first request. */
  prepare?(pool: Pool): Promise<void>;
  /** @param ttlMs how long a key is remembered; after it, the same key is a new one */
  pay(pool: Pool, payment: Payment, ttlMs: number): Promise<Outcome>;
}

/** Takes the money, or declines. Charges twice when it is called twice: it knows no keys. */
export async function charge(tx: Transaction, { client, order, amount }: Payment): Promise<Final> {
  const limits = await tx.query<{ max_amount: number }>(
    'SELECT max_amount FROM limits WHERE client = $1',
    [client],
  );
  const limit = limits.rows[0]?.max_amount;
  if (limit !== undefined && amount > limit) {
    const detail = `${amount} is above the limit of ${limit}`;
    return { status: 402, body: { title: 'Payment declined', status: 402, detail } };
  }
  const charges = await tx.query<{ id: string }>(
    'INSERT INTO charges (client, order_id, amount) VALUES ($1, $2, $3) RETURNING id::text AS id',
    [client, order, amount],
  );
  return { status: 201, body: { id: charges.rows[0]?.id, order, amount } };
}

/** Two payloads under one key are told apart by it. */
export function fingerprintOf({ order, amount }: Payment): string {
  return createHash('sha256')
    .update(JSON.stringify([order, amount]))
    .digest('hex');
}

/** The one line that unique-key and stored-response have and check-then-insert has not. */
export async function oneRowAKey(pool: Pool): Promise<void> {
  await pool.query(
    'CREATE UNIQUE INDEX IF NOT EXISTS one_row_a_key ON idempotency_keys (client, key)',
  );
}

/**
 * Writes the key before anything else. PostgreSQL lets one transaction do so: another one with the
 * same key waits here until the first is over. A key that has expired begins anew.
 * @returns false where the key was there already
 */
export async function claim(tx: Transaction, payment: Payment, ttlMs: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO idempotency_keys AS k (client, key, fingerprint) VALUES ($1, $2, $3)
     ON CONFLICT (client, key) DO UPDATE
       SET fingerprint = excluded.fingerprint, status = NULL, body = NULL,
           created_at = excluded.created_at
       WHERE k.created_at <= clock_timestamp() - $4 * interval '1 millisecond'`,
    [payment.client, payment.key, fingerprintOf(payment), ttlMs],
  );
  return rowCount === 1;
}

export interface Stored {
  readonly fingerprint: string;
  readonly status: number;
  readonly body: string;
}

/** The oldest row of the key that has not expired. */
export async function findKey(
  tx: Transaction,
  { client, key }: Payment,
  ttlMs: number,
): Promise<Stored | undefined> {
  const { rows } = await tx.query<Stored>(
    `SELECT fingerprint, status, body FROM idempotency_keys
      WHERE client = $1 AND key = $2
        AND created_at > clock_timestamp() - $3 * interval '1 millisecond'
      ORDER BY created_at LIMIT 1`,
    [client, key, ttlMs],
  );
  return rows[0];
}

/** The answer that the first request had, status and body, whatever happened since. */
export function replay({ fingerprint, status, body }: Stored, payment: Payment): Outcome {
  if (fingerprint !== fingerprintOf(payment)) return 'other-payload';
  return { status, body: JSON.parse(body) as unknown };
}
