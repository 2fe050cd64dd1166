/** What every message tells: the order as it was placed. */
export interface Told {
  readonly order: string;
  readonly customer: string;
  readonly sku: string;
  readonly quantity: number;
  readonly amount: number;
  readonly address: string;
}

/** Fields that a newer version has are left alone. @throws Error that says what it is not */
export function readTold(body: unknown): Told {
  const { order, customer, sku, quantity, amount, address } = (body ?? {}) as Record<
    string,
    unknown
  >;
  if (!isName(order) || !isName(customer) || !isName(sku) || !isName(address))
    throw new Error('the body names no order, customer, sku and address');
  if (!isCount(quantity) || !isCount(amount))
    throw new Error('quantity and amount must be whole numbers from 1');
  return { order, customer, sku, quantity, amount, address };
}

/** PostgreSQL stores no text with a zero in it: such a message would be offered again for ever. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}

/** PostgreSQL's integer ends at 2^31 − 1. */
function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 2 ** 31 - 1;
}
