import { payment, refund } from '../../twin-payment.mjs';

/** A fee for the trouble. */
const withFee = (tx, told) => refund(tx, told, { less: 1 });

payment({ StockRejected: withFee, OrderRejected: withFee });
