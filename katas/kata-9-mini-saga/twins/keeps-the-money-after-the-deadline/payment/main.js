import { payment } from '../../twin-payment.mjs';

/** Out of stock is the only reason that it knows to give anything back. */
payment({ OrderRejected: undefined });
