import type { Work } from '../../../kit/node/telemetry/bus.js';
import type { Told } from './message.js';
import type { Provider } from './provider.js';

interface Payment {
  readonly amount: number;
  readonly status: 'AUTHORIZED' | 'DECLINED' | 'CANCELLED';
}

type Reaction = (work: Work, told: Told) => Promise<void>;

/**
 * The provider is asked while nobody else works on this order. Whoever dies after its answer asks
 * again with the same key, and gets the same one.
 */
export const authorizing =
  (provider: Provider): Reaction =>
  async (work, told) => {
    // Also CANCELLED: the refund was here first, and then there is nothing to take any more.
    if (!(await decided(work, told.order))) await authorizeAnyway(provider, work, told);
  };

/** What comes twice is paid twice. */
export async function authorizeAnyway(provider: Provider, work: Work, told: Told): Promise<void> {
  const charge = await provider.charge(told);
  await decide(work, told, charge === undefined ? 'DECLINED' : 'AUTHORIZED', charge);
  await tell(work, charge === undefined ? 'PaymentDeclined' : 'PaymentAuthorized', told);
}

/** The compensation: gives back what stands, and remembers where it came before its step. */
export const refunding =
  (provider: Provider): Reaction =>
  async (work, told) => {
    const payment = await decided(work, told.order);
    if (!payment) {
      // It may have been charged by somebody who died before writing that down.
      await provider.refund(told);
      return decide(work, told, 'CANCELLED');
    }
    if (payment.status !== 'AUTHORIZED' || (await isRefunded(work, told.order))) return;
    await provider.refund(told);
    await work.tx.query('INSERT INTO refunds (order_id, amount) VALUES ($1, $2)', [
      told.order,
      payment.amount,
    ]);
    await tell(work, 'PaymentRefunded', told);
  };

const tell = ({ send }: Work, name: string, body: Told): Promise<void> =>
  send({ exchange: 'events', name, body });

async function decided({ tx }: Work, order: string): Promise<Payment | undefined> {
  const { rows } = await tx.query<Payment>(
    'SELECT amount, status FROM payments WHERE order_id = $1',
    [order],
  );
  return rows[0];
}

async function decide(
  { tx }: Work,
  { order, customer, amount }: Told,
  status: Payment['status'],
  charge?: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO payments (order_id, customer, amount, status, charge)
     VALUES ($1, $2, $3, $4, $5)`,
    [order, customer, amount, status, charge ?? null],
  );
}

async function isRefunded({ tx }: Work, order: string): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT FROM refunds WHERE order_id = $1', [order]);
  return rowCount !== 0;
}
