import type pg from 'pg';

export interface Order {
  readonly order: string;
  readonly sku: string;
  readonly quantity: number;
}

/** @throws Error that says what it is not */
export function readOrder(text: string): Order {
  const { order, sku, quantity } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
  if (typeof order !== 'string' || typeof sku !== 'string' || !Number.isInteger(quantity))
    throw new Error('the body is no order');
  return { order, sku, quantity: Number(quantity) };
}

export const insert = `INSERT INTO orders (id, sku, quantity, request_id) VALUES ($1, $2, $3, $4)
  ON CONFLICT (id) DO NOTHING`;

/** A message may come twice: what is there already is done. */
export async function store(
  pool: pg.Pool,
  { order, sku, quantity }: Order,
  requestId: string | null,
): Promise<void> {
  await pool.query(insert, [order, sku, quantity, requestId]);
}
