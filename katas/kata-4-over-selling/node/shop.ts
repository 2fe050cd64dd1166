import type { Transaction } from '../../kit/node/postgres.js';

export interface Order {
  readonly buyer: string;
  readonly sku: string;
  readonly quantity: number;
}

/** `stock` is what the transaction read before its own write. */
export type Outcome = Sold | { readonly sold: false; readonly stock: number };

export interface Sold {
  readonly sold: true;
  readonly id: string;
  readonly stock: number;
}

/**
 * One way to sell: everything that happens between BEGIN and COMMIT.
 * @param think the time that a real shop spends between reading and writing (prices, fraud, …)
 */
export type Strategy = (
  tx: Transaction,
  order: Order,
  think: () => Promise<void>,
) => Promise<Outcome>;

export interface StockRow {
  readonly quantity: number;
  readonly version: number;
}

/** The same in every strategy, so that each file shows only what is its own. */
export async function recordPurchase(
  tx: Transaction,
  { buyer, sku, quantity }: Order,
  stock: number,
): Promise<Sold> {
  const { rows } = await tx.query<{ id: string }>(
    'INSERT INTO purchases (sku, buyer, quantity) VALUES ($1, $2, $3) RETURNING id::text',
    [sku, buyer, quantity],
  );
  const [row] = rows;
  if (!row) throw new Error('INSERT … RETURNING gave no row');
  return { sold: true, id: row.id, stock };
}
