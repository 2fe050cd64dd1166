import type { Work } from '../../../kit/node/telemetry/bus.js';
import type { Carrier } from './carrier.js';
import type { Told } from './message.js';

type Status = 'BOOKED' | 'REFUSED' | 'CANCELLED';
type Reaction = (work: Work, told: Told) => Promise<void>;

/**
 * The carrier is asked while nobody else works on this order. Whoever dies after its answer asks
 * again for the same order, and gets the same one.
 */
export const booking =
  (carrier: Carrier): Reaction =>
  async (work, told) => {
    // Also CANCELLED: the cancellation was here first, and then there is nothing to book any more.
    if (!(await decided(work, told.order))) await bookAnyway(carrier, work, told);
  };

/** What comes twice is booked twice. */
export async function bookAnyway(carrier: Carrier, work: Work, told: Told): Promise<void> {
  const tracking = await carrier.book(told);
  await decide(work, told, tracking === undefined ? 'REFUSED' : 'BOOKED', tracking);
  const booked = { ...told, ...(tracking !== undefined && { tracking }) };
  const name = tracking === undefined ? 'ParcelRefused' : 'ParcelBooked';
  await work.send({ exchange: 'events', name, body: booked });
}

/** The compensation: calls off what stands, and remembers where it came before its step. */
export const cancelling =
  (carrier: Carrier): Reaction =>
  async (work, told) => {
    const status = await decided(work, told.order);
    if (!status) {
      // It may have been booked by somebody who died before writing that down.
      await carrier.cancel(told);
      return decide(work, told, 'CANCELLED');
    }
    if (status !== 'BOOKED') return;
    const { rowCount } = await work.tx.query(
      `INSERT INTO cancellations (order_id)
       SELECT $1 WHERE NOT EXISTS (SELECT FROM cancellations WHERE order_id = $1)`,
      [told.order],
    );
    if (rowCount !== 1) return;
    await carrier.cancel(told);
    await work.send({ exchange: 'events', name: 'ParcelCancelled', body: told });
  };

async function decided({ tx }: Work, order: string): Promise<Status | undefined> {
  const { rows } = await tx.query<{ status: Status }>(
    'SELECT status FROM parcels WHERE order_id = $1',
    [order],
  );
  return rows[0]?.status;
}

async function decide(
  { tx }: Work,
  { order, address, quantity }: Told,
  status: Status,
  tracking?: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO parcels (order_id, address, quantity, status, tracking)
     VALUES ($1, $2, $3, $4, $5)`,
    [order, address, quantity, status, tracking ?? null],
  );
}
