import { confirm, reject } from './orders.js';
import type { Style } from './style.js';

/**
 * Nobody is in charge: payment hears that an order was created, inventory that it was paid, and this
 * service how both ended. Whoever has done something for an order undoes it by itself when it hears
 * that the order is rejected, also where it hears of it too early or too late. So there is nothing
 * to compensate here, and nobody to ask how far an order is.
 */
export const choreography: Style = {
  begin: () => Promise.resolve(),
  reactions: {
    StockReserved: (tx, told) => confirm(tx, told),
    StockRejected: (tx, told) => reject(tx, told, 'out-of-stock'),
    PaymentDeclined: (tx, told) => reject(tx, told, 'declined'),
  },
  giveUp: (tx, told) => reject(tx, told, 'deadline'),
};
