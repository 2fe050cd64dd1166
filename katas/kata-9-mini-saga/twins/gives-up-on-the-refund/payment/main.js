import { payment } from '../../twin-payment.mjs';

/** What fails is acknowledged: it is in the log, after all. */
payment({}, { onFailure: (channel, message) => channel.ack(message) });
