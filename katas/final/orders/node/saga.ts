import type { Headers } from '../../../kit/node/outbox.js';
import { threadOf } from '../../../kit/node/telemetry/messages.js';
import type { Work } from '../../../kit/node/telemetry/bus.js';
import type { Told } from './message.js';
import { confirm, reject, type Reason } from './orders.js';

/**
 * PAYING → RESERVING → BOOKING → ENDED, confirmed
 *    │         │          └→ RELEASING → REFUNDING → ENDED, rejected: not deliverable
 *    │         └──────────────────────→ REFUNDING → ENDED, rejected: out of stock
 *    └─────────────────────────────────────────────→ ENDED, rejected: declined
 * From the first three also → ENDED, rejected: the deadline has passed.
 */
type State = 'PAYING' | 'RESERVING' | 'BOOKING' | 'RELEASING' | 'REFUNDING' | 'ENDED';

type Reaction = (work: Work, told: Told) => Promise<void>;

/** In the transaction that takes the order. */
export async function begin(work: Work, told: Told): Promise<void> {
  await work.tx.query(`INSERT INTO sagas (order_id, state, headers) VALUES ($1, 'PAYING', $2)`, [
    told.order,
    threadOf('sagas', 'deadline'),
  ]);
  await command(work, 'AuthorizePayment', told);
}

/**
 * State, order and commands change in one transaction: after a crash the state says what was asked
 * for last, and a reply that fits no state changes nothing, be it a repetition or too late.
 */
export const reactions: Readonly<Record<string, Reaction>> = {
  async PaymentAuthorized(work, told) {
    if (await moves(work, told, 'PAYING', 'RESERVING')) await command(work, 'ReserveStock', told);
  },
  async PaymentDeclined(work, told) {
    if (await moves(work, told, 'PAYING', 'ENDED')) await reject(work, told, 'declined');
  },
  async StockReserved(work, told) {
    if (await moves(work, told, 'RESERVING', 'BOOKING')) await command(work, 'BookParcel', told);
  },
  async StockRejected(work, told) {
    if (await moves(work, told, 'RESERVING', 'REFUNDING', 'out-of-stock'))
      await command(work, 'RefundPayment', told);
  },
  async ParcelBooked(work, told) {
    if (await moves(work, told, 'BOOKING', 'ENDED')) await confirm(work, told);
  },
  async ParcelRefused(work, told) {
    if (await moves(work, told, 'BOOKING', 'RELEASING', 'not-deliverable'))
      await command(work, 'ReleaseStock', told);
  },
  async StockReleased(work, told) {
    if (await moves(work, told, 'RELEASING', 'REFUNDING'))
      await command(work, 'RefundPayment', told);
  },
  async PaymentRefunded(work, told) {
    const why = await moves(work, told, 'REFUNDING', 'ENDED');
    if (why) await reject(work, told, why.reason ?? 'deadline');
  },
};

const undoing = {
  PAYING: ['RefundPayment'],
  RESERVING: ['ReleaseStock', 'RefundPayment'],
  BOOKING: ['CancelParcel', 'ReleaseStock', 'RefundPayment'],
} as const;

/**
 * Its deadline has passed. The neighbours undo whatever they did or are still to do: they remember a
 * cancellation that comes before its step. Who goes back already goes on with that.
 */
export async function giveUp(work: Work, told: Told): Promise<void> {
  for (const state of ['PAYING', 'RESERVING', 'BOOKING'] as const) {
    if (!(await moves(work, told, state, 'ENDED'))) continue;
    await reject(work, told, 'deadline');
    for (const name of undoing[state]) await command(work, name, told);
    return;
  }
}

/** Pending for so long. The rows know when they began: no timer can be forgotten. */
export const overdue = `
  SELECT id AS "order", customer, sku, quantity, amount, address, sagas.headers
    FROM orders JOIN sagas ON sagas.order_id = orders.id
   WHERE status = 'PENDING' AND state IN ('PAYING', 'RESERVING', 'BOOKING')
     AND orders.created_at < clock_timestamp() - $1 * interval '1 millisecond'`;
export type Overdue = Told & { readonly headers: Headers };

function command({ send }: Work, name: string, told: Told): Promise<void> {
  const { order, customer, sku, quantity, amount, address } = told;
  const body: Told = { order, customer, sku, quantity, amount, address };
  return send({ exchange: 'commands', name, body });
}

/** @returns undefined where the saga is in another state, and then nothing has changed */
async function moves(
  { tx }: Work,
  { order }: Told,
  from: State,
  to: State,
  reason?: Reason,
): Promise<{ readonly reason: Reason | null } | undefined> {
  const { rows } = await tx.query<{ reason: Reason | null }>(
    `UPDATE sagas SET state = $3, reason = coalesce($4, reason)
      WHERE order_id = $1 AND state = $2 RETURNING reason`,
    [order, from, to, reason ?? null],
  );
  return rows[0];
}
