import type { Pool } from 'pg';
import type { Transaction } from '../../kit/node/postgres.js';

export interface Payment {
  readonly payment: string;
  readonly account: string;
  readonly amount: number;
}

/** `id` is the property message_id: the same for every delivery of the message and every copy. */
export interface Message {
  readonly id: string;
  readonly payment: Payment;
}

/** One way to take a payment. The message is acknowledged once it resolves, and not before. */
export type Strategy = (pool: Pool, message: Message) => Promise<void>;

export async function charge(on: Pool | Transaction, payment: Payment): Promise<void> {
  await on.query('INSERT INTO charges (payment, account, amount) VALUES ($1, $2, $3)', [
    payment.payment,
    payment.account,
    payment.amount,
  ]);
}

/** @returns whether it is there for the first time */
export async function markAsSeen(on: Pool | Transaction, id: string): Promise<boolean> {
  const { rowCount } = await on.query(
    'INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING',
    [id],
  );
  return rowCount === 1;
}
