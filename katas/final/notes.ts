import type { MemoryPeak } from '../../src/kata/index.js';
import type { Order, Reason, RoleName } from './contract.js';

/** An order that the experiment means to place: its address is nobody else's, so it is known by that. */
export interface Wish extends Order {
  readonly act: string;
  readonly client: string;
  readonly key: string;
}

/** Note `expects`: what is to become of an order. */
export interface Expects {
  readonly address: string;
  readonly act: string;
  readonly ends: 'confirmed' | Exclude<Reason, 'deadline'> | 'none';
  /** Nothing kept anybody from serving it: its deadline is no excuse. */
  readonly undisturbed: boolean;
}

/** What `POST /orders` said. */
export interface Placed {
  readonly status: number;
  readonly id?: string;
  readonly state?: string;
  readonly requestId?: string;
  readonly retryAfter?: number;
}

/** Why a request was sent, beside the order that it asks for. */
export type Sort =
  'first' | 'again' | 'other-body' | 'no-key' | 'stranger' | 'nonsense' | 'flood' | 'bystander';

export interface Asked extends Wish {
  readonly sort: Sort;
  /** As it stood in the header; left out where none was sent. */
  readonly requestId?: string;
  readonly traceparent?: string;
}

/** Note `crash`: whether a service was met, and killed, at a point. */
export interface Crash {
  readonly role: RoleName;
  readonly point:
    'effect' | 'answered' | 'publish' | 'confirm' | 'ack' | 'undo' | 'undone' | 'end' | 'take';
  readonly met: boolean;
  readonly address: string;
}

/** Note `phase`: from here on a dependency behaves so. */
export interface Phase {
  readonly of: 'provider' | 'carrier';
  readonly phase: PhaseName;
}
/** `late` is within everybody's patience; a `mute` one does what it is asked for, and says that it can't. */
export const phaseNames = ['well', 'late', 'mute', 'half', 'down', 'slow'] as const;
export type PhaseName = (typeof phaseNames)[number];

/** Note `overdue`: nobody could go on with an order, and whether it was given up. */
export interface Overdue {
  readonly address: string;
  readonly isGivenUp: boolean;
  /** Since it was placed. */
  readonly waitedMs: number;
  /** How far apart, at worst, two looks were: so slow was the machine. */
  readonly worstMs: number;
}

/** Note `overtaken`: a step came to whom it is for once its compensation had come. */
export interface Overtaken {
  readonly name: string;
  readonly address: string;
  /** The compensation was sent. */
  readonly met: boolean;
  /**
   * Whom it is for had heard the compensation before: a row says so; or it came again and again, and after some
   * seconds still none did. Left out where that is not known.
   */
  readonly heard?: 'remembered' | 'again';
}

/** Note `away`: what was cut off for a while, and whether all had been connected before. */
export interface Away {
  readonly what: 'broker' | 'database';
  readonly met: boolean;
}

/**
 * Note `came-again`: the broker was gone while a role had a message in hand of which nothing was done yet, so that
 * it came again.
 */
export interface CameAgain {
  readonly role: RoleName;
  /** It was so, and then it was done. */
  readonly met: boolean;
  /** So many messages of that name it had done by then, since it was asked for its metrics: that one, too. */
  readonly done: number;
}

/** Note `interposed`: a message that the lab handed on once more, or changed. */
export interface Interposed {
  readonly how: 'twice' | 'newer' | 'later';
  readonly name: string;
  /** Which order it tells of; not in runs of before. */
  readonly order?: string;
}

/** Note `unsettled`: what was in a role's queue once all had ended; these orders it tells of. */
export interface Unsettled {
  readonly role: RoleName;
  readonly orders: readonly string[];
}

/** Note `read-early`: two processes of orders had been asked for some, and so many of these had not ended then. */
export interface ReadEarly {
  readonly pending: number;
}

/** Note `replaced`: a second process of a role ran beside the first, which was then told to end. */
export interface Replaced {
  readonly role: RoleName;
}

/** Note `stopping`: SIGTERM, with so many orders under way. */
export interface Stopping {
  readonly role: RoleName;
  readonly pending: number;
}

/** Note `log`: what a role wrote, as the experiment ended. */
export interface LogNote {
  readonly role: RoleName;
  readonly lines: number;
  /** Those that name an order of a day on which nobody was killed; in runs of before, of the calm day alone. */
  readonly told: readonly string[];
  /** Some of those that name an order of any day, and are no JSON object with level and message; not in runs of before. */
  readonly strays?: readonly string[];
}

/** Note `outage-log`: what a role wrote while those outside failed, and is no JSON object with level and message. */
export interface OutageLog {
  readonly role: RoleName;
  readonly strays: readonly string[];
}

/** Note `scraped`: what a role's `/metrics` said. */
export interface Scraped {
  /**
   * At the end of the calm day (as where it is left out); before, and after, the broker and the database were gone;
   * before, and after, messages came again since the broker was gone with them in hand.
   */
  readonly when?: 'calm' | 'before' | 'after' | 'in-hand' | 'again';
  readonly role: RoleName;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Note `memory`: what services, programs and lab held together when it was most. */
export type MemoryNote = MemoryPeak;

/** Note `seeded`: what there was of each article before the first order. */
export interface Seeded {
  readonly stock: Readonly<Record<string, number>>;
}

/** Note `outside`: what the provider and the carrier have in their own books at the end. */
export interface Outside {
  readonly charges: readonly Charge[];
  readonly parcels: readonly Parcel[];
}

export interface Charge {
  readonly order: string;
  readonly amount: number;
  readonly charge: string;
  readonly refunded: boolean;
}

export interface Parcel {
  readonly order: string;
  readonly tracking: string;
  readonly cancelled: boolean;
}

/** Note `final`: what the four databases say, once nothing moves any more. */
export interface Final {
  readonly orders: readonly OrderRow[];
  readonly payments: readonly PaymentRow[];
  readonly refunds: readonly RefundRow[];
  readonly reservations: readonly ReservationRow[];
  readonly releases: readonly ReleaseRow[];
  readonly parcels: readonly ParcelRow[];
  readonly cancellations: readonly OfOrder[];
  readonly stock: Readonly<Record<string, number>>;
}

export interface OfOrder {
  readonly order: string;
}

export interface OrderRow extends Order {
  readonly id: string;
  readonly client: string;
  readonly status: 'PENDING' | 'CONFIRMED' | 'REJECTED';
  readonly reason: Reason | null;
  readonly tracking: string | null;
}

export interface PaymentRow extends OfOrder {
  readonly amount: number;
  readonly status: 'PENDING' | 'AUTHORIZED' | 'DECLINED' | 'CANCELLED';
  readonly charge: string | null;
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

export interface ParcelRow extends OfOrder {
  readonly quantity: number;
  readonly status: 'PENDING' | 'BOOKED' | 'REFUSED' | 'CANCELLED';
  readonly tracking: string | null;
}
