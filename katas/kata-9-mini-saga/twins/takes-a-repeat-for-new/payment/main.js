import { authorizeAnyway, payment } from '../../twin-payment.mjs';

payment({ OrderCreated: authorizeAnyway });
