import { payment } from '../../twin-payment.mjs';

// What it has in hand comes again, does it not?
process.on('SIGTERM', () => process.exit(0));

payment();
