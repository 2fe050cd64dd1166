export const exchange = 'orders';

export const routingKey = 'order.placed';

export interface Order {
  readonly id: string;
  /** The aggregate: its events keep their order. */
  readonly customer: string;
  readonly amount: number;
}

/** What the body of an event says; undefined where it says it otherwise than the contract. */
export interface Told {
  readonly order: string | undefined;
  readonly customer: string | undefined;
  readonly amount: number | undefined;
}

/** The order that the body of an event tells of. */
export function tellsOf(body: unknown): Told {
  const { id, customer, amount } = (body ?? {}) as Record<string, unknown>;
  return {
    order: typeof id === 'string' ? id : undefined,
    customer: typeof customer === 'string' ? customer : undefined,
    amount: typeof amount === 'number' ? amount : undefined,
  };
}
