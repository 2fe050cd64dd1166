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

/** `null` is JSON, too, and has no fields. @throws Error that says what it is not */
export function readPayment(text: string): Payment {
  const { payment, account, amount } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
  if (!isName(payment) || !isName(account) || !isAmount(amount))
    throw new Error('the body is no payment');
  return { payment, account, amount };
}

/** PostgreSQL stores no text with a zero in it: such a message would be offered again for ever. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}

/** PostgreSQL's integer ends at 2^31 − 1. */
function isAmount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 2 ** 31 - 1;
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
