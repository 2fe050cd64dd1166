import type { Fact, Order, RoleName } from './contract.js';

/** Note `seeded`: what there was of money and of each article before the first order. */
export interface Seeded {
  readonly money: number;
  readonly stock: Readonly<Record<string, number>>;
}

/** Note `expects`: what is to become of an order. */
export interface Expects {
  readonly order: string;
  /** `confirmed`: it can be paid and served. `one-of-two`: only one of its pair can be served. */
  readonly ends: 'confirmed' | 'declined' | 'out-of-stock' | 'one-of-two';
  /** What there is enough of for one of its pair; stock, where an older history does not say. */
  readonly of?: 'stock' | 'money';
  /** Nothing kept anybody from serving it: its deadline is no excuse. */
  readonly undisturbed: boolean;
}

/** Note `looked`: how far apart, at worst, two looks at these orders were: so slow was the machine. */
export interface Looked {
  readonly orders: readonly string[];
  readonly worstMs: number;
}

/** Note `overdue`: nobody went on with an order, and this is how it was given up. */
export interface Overdue {
  readonly order: string;
  readonly isGivenUp: boolean;
  /** Since it was placed, or since the order service was there again. */
  readonly waitedMs: number;
  readonly worstMs: number;
}

/** Note `crash`: whether a service was met, and killed, at a point. */
export interface Crash {
  readonly role: RoleName;
  readonly point:
    'effect' | 'publish' | 'confirm' | 'ack' | 'end' | 'refund' | 'release' | 'given-up';
  readonly met: boolean;
  readonly order: string;
}

/** Note `held`: a service stood in the middle of its step until the order was given up. */
export interface HeldBeyondDeadline {
  /** Inventory, where an older history does not say. */
  readonly role?: RoleName;
  readonly order: string;
  readonly met: boolean;
}

/** Note `interposed`: what the lab handed on in place of the broker. */
export interface Interposed {
  readonly how: 'twice' | 'newer' | 'overtaken';
  readonly name: string;
  readonly id: string;
  readonly order?: string;
}

/** Note `beside`: others of the same customer and article stood at both while an order was undone. */
export interface UndoneBeside {
  readonly order: string;
  readonly met: boolean;
}

/** Note `asked-overdue`: an order was asked for while it was overdue, and the database had refused to give it up. */
export interface AskedOverdue {
  readonly order: string;
  /** It was pending before and after the question. */
  readonly met: boolean;
}

/** Note `ended-amid`: a service was told to end in the middle of something, and has ended. */
export interface EndedAmid {
  readonly role: RoleName;
  /** A request, or a message about this order. */
  readonly amid: 'request' | 'message';
  readonly order: string;
  /** It stood in the middle of it as SIGTERM came. */
  readonly met: boolean;
  /** Its row was there once the service had ended. */
  readonly isDone: boolean;
}

/** Note `refund-failures`: how often the database refused the refund of this order. */
export interface RefundFailures {
  readonly order: string;
  readonly times: number;
}

/** Note `away`: what was cut off, and whether anybody had been connected before. */
export interface Away {
  readonly what: 'payment' | 'order' | 'broker';
  readonly met: boolean;
}

/** Note `final`: what the three databases say, once nothing moves any more. */
export interface Final {
  readonly orders: readonly OrderRow[];
  readonly payments: readonly PaymentRow[];
  readonly refunds: readonly RefundRow[];
  readonly reservations: readonly ReservationRow[];
  readonly releases: readonly ReleaseRow[];
  readonly money: number;
  /** Customers with less than nothing; an older history does not say. */
  readonly overdrawn?: number;
  readonly stock: Readonly<Record<string, number>>;
}

export interface OrderRow extends Order {
  readonly status: 'PENDING' | 'CONFIRMED' | 'REJECTED';
  readonly reason: 'declined' | 'out-of-stock' | 'deadline' | null;
}

interface OfOrder {
  readonly order: string;
}

export interface PaymentRow extends OfOrder {
  readonly customer: string;
  readonly amount: number;
  readonly status: 'AUTHORIZED' | 'DECLINED' | 'CANCELLED';
}

export interface RefundRow extends OfOrder {
  readonly amount: number;
}

export interface ReservationRow extends OfOrder {
  readonly sku: string;
  readonly quantity: number;
  readonly status: 'RESERVED' | 'REJECTED' | 'CANCELLED';
}

export interface ReleaseRow extends OfOrder {
  readonly sku: string;
  readonly quantity: number;
}

/** The facts that a row is the state change of. */
export const factOf = {
  payments: { AUTHORIZED: 'PaymentAuthorized', DECLINED: 'PaymentDeclined' },
  reservations: { RESERVED: 'StockReserved', REJECTED: 'StockRejected' },
  orders: { CONFIRMED: 'OrderConfirmed', REJECTED: 'OrderRejected' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Fact>>>>;
