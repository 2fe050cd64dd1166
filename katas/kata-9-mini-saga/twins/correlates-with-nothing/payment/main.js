import { relay } from '../../twin.mjs';
import { payment } from '../../twin-payment.mjs';

// The customer, whose payment it is.
payment({}, { relays: () => relay(({ customer }) => ({ correlationId: customer })) });
