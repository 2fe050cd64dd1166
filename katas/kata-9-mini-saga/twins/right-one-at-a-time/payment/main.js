import { payment } from '../../twin-payment.mjs';

payment({}, { prefetch: 1 });
