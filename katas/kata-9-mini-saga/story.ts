import {
  grouped,
  isOk,
  sequencesOf,
  type DrainedNote,
  type History,
  type ObservedNote,
  type Operation,
  type Step,
} from '../../src/kata/index.js';
import { sequence, tellsOf, type Fact, type Order, type Told } from './contract.js';
import type {
  AskedOverdue,
  Away,
  Crash,
  EndedAmid,
  Expects,
  Final,
  HeldBeyondDeadline,
  Interposed,
  Looked,
  Overdue,
  OrderRow,
  PaymentRow,
  RefundFailures,
  RefundRow,
  ReleaseRow,
  ReservationRow,
  Seeded,
  UndoneBeside,
} from './notes.js';

/** A message as the lab's own consumer saw it. */
export interface Seen extends Told {
  readonly name: string;
  readonly messageId: string;
  readonly correlationId: string | undefined;
  readonly exchange: string;
  readonly persistent: boolean;
  readonly reason: unknown;
  readonly line: number;
  /** Microseconds since the case began. */
  readonly at: number;
}

export type Placed = Operation<Order, { status: string }>;
export type ReadOnce = Operation<{ id: string }, { status: string; reason?: string }>;

/** All that is known of one order. */
export interface Tale {
  readonly id: string;
  readonly placed: readonly Placed[];
  readonly expects: Expects | undefined;
  readonly row: OrderRow | undefined;
  readonly payments: readonly PaymentRow[];
  readonly refunds: readonly RefundRow[];
  readonly reservations: readonly ReservationRow[];
  readonly releases: readonly ReleaseRow[];
  readonly reads: readonly ReadOnce[];
  readonly messages: readonly Seen[];
  /** What the lab saw of it in all services, by time; empty where it saw nothing. */
  readonly steps: readonly Step[];
  /** So slow was the machine while it was waited for, milliseconds. */
  readonly slownessMs: number;
  readonly crash: (Crash & { readonly line: number }) | undefined;
}

/** How a service ended that was told to in the middle of something. */
export interface Ending extends EndedAmid {
  readonly line: number;
  /** As the lab saw its process end; undefined where an older history does not say. */
  readonly stopped: Stopped | undefined;
}

interface Stopped {
  readonly role?: string;
  readonly kind: string;
  readonly tookMs: number;
  readonly line: number;
}

/** What the rules look at, drawn once from the history. */
export interface Story {
  readonly tales: readonly Tale[];
  readonly messages: readonly Seen[];
  readonly seeded: Seeded;
  readonly final: Final;
  readonly crashes: readonly Crash[];
  readonly held: readonly HeldBeyondDeadline[];
  readonly away: readonly Away[];
  readonly interposed: readonly Interposed[];
  readonly overdue: readonly (Overdue & { readonly line: number })[];
  readonly refusals: readonly RefundFailures[];
  readonly beside: readonly UndoneBeside[];
  readonly askedOverdue: readonly AskedOverdue[];
  readonly endings: readonly Ending[];
  /** Messages that nobody can read, and that lay in a queue once all had stopped. */
  readonly unread: readonly {
    readonly queue: string;
    readonly id: string;
    readonly line: number;
  }[];
  /** Lines of the notes between which the measured load was placed. */
  readonly load: { readonly from: number; readonly to: number };
  /** Where to read of the end: the line of the final state. */
  readonly finalLine: number;
}

export function readStory(history: History): Story {
  const [final] = history.notes<Final>('final');
  const [seeded] = history.notes<Seeded>('seeded');
  if (!final || !seeded) throw new Error('the history has no final state');
  const unreadable = new Set(
    history.notes<{ ids: readonly string[] }>('unreadable').flatMap(({ value }) => value.ids),
  );
  const messages = history
    .notes<ObservedNote>('observed')
    .map(({ value: { message }, line, at }): Seen => ({
      ...tellsOf(message.body),
      name: message.key,
      messageId: message.id,
      correlationId: message.correlationId,
      exchange: message.exchange,
      persistent: message.persistent !== false,
      reason: (message.body as { reason?: unknown } | null)?.reason,
      line,
      at,
    }))
    .filter(({ messageId }) => !unreadable.has(messageId));
  const [from] = history.notes('load-begins');
  const [to] = history.notes('load-ends');
  const values = <T>(f: string): T[] => history.notes<T>(f).map(({ value }) => value);
  return {
    tales: talesOf(history, final.value, messages),
    messages,
    seeded: seeded.value,
    final: final.value,
    finalLine: final.line,
    crashes: values<Crash>('crash'),
    held: values<HeldBeyondDeadline>('held'),
    away: values<Away>('away'),
    interposed: values<Interposed>('interposed'),
    overdue: history.notes<Overdue>('overdue').map(({ value, line }) => ({ ...value, line })),
    refusals: values<RefundFailures>('refund-failures'),
    beside: values<UndoneBeside>('beside'),
    askedOverdue: values<AskedOverdue>('asked-overdue'),
    endings: endingsOf(history),
    unread: history
      .notes<DrainedNote>('drained')
      .flatMap(({ value: { queue, messages: all }, line }) =>
        all.flatMap(({ id }) => (unreadable.has(id) ? [{ queue, id, line }] : [])),
      ),
    load: { from: from?.line ?? 0, to: to?.line ?? 0 },
  };
}

function endingsOf(history: History): Ending[] {
  const all = history
    .notes<Omit<Stopped, 'line'>>('program-stopped')
    .map(({ value, line }) => ({ ...value, line }));
  return history.notes<EndedAmid>('ended-amid').map(({ value, line }) => ({
    ...{ ...value, line },
    stopped: all.findLast((one) => one.role === value.role && one.line < line),
  }));
}

function talesOf(history: History, final: Final, messages: readonly Seen[]): Tale[] {
  const placed = grouped(
    history.operations<Order, { status: string }>('place'),
    (one) => one.asked.id,
  );
  const reads = grouped(
    history.operations<{ id: string }, { status: string }>('read').filter(isOk),
    (one) => one.asked.id,
  );
  const expects = new Map(
    history.notes<Expects>('expects').map(({ value }) => [value.order, value]),
  );
  const crashes = new Map(
    history.notes<Crash>('crash').map(({ value, line }) => [value.order, { ...value, line }]),
  );
  const slowness = new Map(
    history
      .notes<Looked>('looked')
      .flatMap(({ value }) => value.orders.map((id) => [id, value.worstMs] as const)),
  );
  const sequences = sequencesOf({ sequence }, history, '');
  const seen = new Map(sequences.map(({ subject, steps }) => [subject, steps]));
  const rows = new Map(final.orders.map((row) => [row.id, row]));
  const heard = grouped(messages, (one) => one.order);
  const byOrder = <T extends { order: string }>(all: readonly T[]) =>
    grouped(all, (one) => one.order);
  const [payments, refunds] = [byOrder(final.payments), byOrder(final.refunds)];
  const [reservations, releases] = [byOrder(final.reservations), byOrder(final.releases)];
  const ids = new Set([
    ...placed.keys(),
    ...rows.keys(),
    ...[...payments.keys(), ...refunds.keys(), ...reservations.keys(), ...releases.keys()],
    ...[...heard.keys()].filter((id) => id !== undefined),
  ]);
  return [...ids].map((id) => ({
    id,
    placed: placed.get(id) ?? [],
    expects: expects.get(id),
    row: rows.get(id),
    payments: payments.get(id) ?? [],
    refunds: refunds.get(id) ?? [],
    reservations: reservations.get(id) ?? [],
    releases: releases.get(id) ?? [],
    reads: reads.get(id) ?? [],
    messages: heard.get(id) ?? [],
    steps: seen.get(id) ?? [],
    slownessMs: slowness.get(id) ?? 0,
    crash: crashes.get(id),
  }));
}

/** Deliveries of one fact about this order, in the order in which they came. */
export function factsOf({ messages }: Tale, name: Fact): Seen[] {
  return messages.filter((message) => message.name === name);
}

/** One of a pair for which there is enough of this for one. */
export const isOneOfTwo = ({ expects }: Tale, what: 'stock' | 'money'): boolean =>
  expects?.ends === 'one-of-two' && (expects.of ?? 'stock') === what;

/** How many authorisations stand, and how many reservations. */
export function kept({ payments, refunds, reservations, releases }: Tale) {
  return {
    paid: payments.filter(({ status }) => status === 'AUTHORIZED').length - refunds.length,
    reserved: reservations.filter(({ status }) => status === 'RESERVED').length - releases.length,
  };
}
