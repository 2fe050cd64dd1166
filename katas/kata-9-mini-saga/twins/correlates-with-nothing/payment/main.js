import { payment, relay } from '../../twin.mjs';

// The customer, whose payment it is.
payment({}, { relays: () => relay(({ customer }) => ({ correlationId: customer })) });
