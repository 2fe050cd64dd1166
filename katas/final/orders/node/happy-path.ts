import type { Work } from '../../../kit/node/telemetry/bus.js';
import type { Told } from './message.js';
import { confirm, reject, type Reason } from './orders.js';

const asks = (name: string) => (work: Work, told: Told) =>
  work.send({ exchange: 'commands', name, body: told });
const ends = (reason: Reason) => (work: Work, told: Told) => reject(work, told, reason);

/** What most write first: one step asks for the next, and what was done stays done. */
export const begin = asks('AuthorizePayment');

export const reactions = {
  PaymentAuthorized: asks('ReserveStock'),
  StockReserved: asks('BookParcel'),
  ParcelBooked: confirm,
  PaymentDeclined: ends('declined'),
  StockRejected: ends('out-of-stock'),
  ParcelRefused: ends('not-deliverable'),
};
