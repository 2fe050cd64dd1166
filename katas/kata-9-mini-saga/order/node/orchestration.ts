import type { Transaction } from '../../../kit/node/postgres.js';
import { command, type Told } from './message.js';
import { confirm, reject } from './orders.js';
import type { Style } from './style.js';

/**
 * AUTHORIZING → RESERVING → ENDED, confirmed
 *      │             └────→ COMPENSATING → ENDED, rejected: out of stock
 *      └──────────────────→ ENDED, rejected: declined
 * From the first two also → ENDED, rejected: the deadline has passed.
 */
type State = 'AUTHORIZING' | 'RESERVING' | 'COMPENSATING' | 'ENDED';

/**
 * One service is in charge. Its state, its commands and the order change in one transaction: after a
 * crash the state says what was asked for last, and a reply that fits no state is left alone, be it
 * a repetition or one that came after the saga was given up.
 */
export const orchestration: Style = {
  async begin(tx, told) {
    await tx.query(`INSERT INTO sagas (order_id, state) VALUES ($1, 'AUTHORIZING')`, [told.order]);
    await command(tx, 'AuthorizePayment', told);
  },
  reactions: {
    async PaymentAuthorized(tx, told) {
      if (await moves(tx, told, ['AUTHORIZING'], 'RESERVING'))
        await command(tx, 'ReserveStock', told);
    },
    async PaymentDeclined(tx, told) {
      if (await moves(tx, told, ['AUTHORIZING'], 'ENDED')) await reject(tx, told, 'declined');
    },
    async StockReserved(tx, told) {
      if (await moves(tx, told, ['RESERVING'], 'ENDED')) await confirm(tx, told);
    },
    async StockRejected(tx, told) {
      if (await moves(tx, told, ['RESERVING'], 'COMPENSATING'))
        await command(tx, 'RefundPayment', told);
    },
    async PaymentRefunded(tx, told) {
      if (await moves(tx, told, ['COMPENSATING'], 'ENDED')) await reject(tx, told, 'out-of-stock');
    },
  },
  /**
   * The neighbours are told to undo whatever they did or are still to do for this order: they
   * remember a cancellation that comes before its step. Who compensates already goes on with that.
   */
  async giveUp(tx, told) {
    if (!(await moves(tx, told, ['AUTHORIZING', 'RESERVING'], 'ENDED'))) return;
    await reject(tx, told, 'deadline');
    await command(tx, 'ReleaseStock', told);
    await command(tx, 'RefundPayment', told);
  },
};

/** @returns false where the saga is in another state, and then nothing has changed */
async function moves(
  tx: Transaction,
  { order }: Told,
  from: readonly State[],
  to: State,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE sagas SET state = $3 WHERE order_id = $1 AND state = ANY($2)',
    [order, from, to],
  );
  return rowCount === 1;
}
