import type pg from 'pg';
import { BadRequest } from '../../kit/node/serve.js';

export interface Order {
  readonly id: string;
  /** The aggregate: its events keep their order. */
  readonly customer: string;
  readonly amount: number;
}

/** Takes an order. @throws Unavailable where nothing of it is taken */
export type Place = (order: Order) => Promise<void>;

/** Nothing was taken; the client may ask again. */
export class Unavailable extends Error {}

/** An order that is sent again is the same order. */
export async function insertOrder(
  at: Pick<pg.ClientBase, 'query'>,
  { id, customer, amount }: Order,
): Promise<boolean> {
  const { rowCount } = await at.query(
    'INSERT INTO orders (id, customer, amount) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING',
    [id, customer, amount],
  );
  return rowCount === 1;
}

export function readOrder(body: unknown): Order {
  const { id, customer, amount } = (body ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') throw new BadRequest('id must be a text');
  if (typeof customer !== 'string' || customer === '')
    throw new BadRequest('customer must be a text');
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 1)
    throw new BadRequest('amount must be a whole number from 1');
  return { id, customer, amount };
}
