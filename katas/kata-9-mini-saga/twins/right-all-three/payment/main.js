import { payment } from '../../twin-payment.mjs';

payment();
