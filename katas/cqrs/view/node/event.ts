/** What the write side tells of an order: all of it, as it stands with this version. */
export interface OrderEvent {
  readonly messageId: string;
  readonly name: EventName;
  readonly order: string;
  readonly version: number;
  readonly customer: string;
  readonly amount: number;
  readonly status: 'OPEN' | 'CANCELLED';
}

const statuses = {
  OrderCreated: 'OPEN',
  OrderChanged: 'OPEN',
  OrderCancelled: 'CANCELLED',
} as const;
type EventName = keyof typeof statuses;

const isEventName = (name: string): name is EventName => Object.hasOwn(statuses, name);

/** Undefined of what is no event of an order: a stream keeps it for ever, so it is passed over. */
export function readEvent(name: string, messageId: string, text: string): OrderEvent | undefined {
  if (!isEventName(name) || messageId === '') return undefined;
  const { order, version, customer, amount } = parsed(text);
  if (!isName(order) || !isName(customer) || !isCount(version) || !isCount(amount))
    return undefined;
  return { messageId, name, order, version, customer, amount, status: statuses[name] };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** PostgreSQL stores no text with a zero in it. */
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !value.includes('\0');

/** PostgreSQL's integer ends at 2^31 − 1. */
const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 2 ** 31 - 1;
