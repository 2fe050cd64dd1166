import { payment } from '../../twin.mjs';

/** Out of stock is the only reason that it knows to give anything back. */
payment({ OrderRejected: undefined });
