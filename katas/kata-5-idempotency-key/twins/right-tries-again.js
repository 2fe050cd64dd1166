// A lost database session is no answer for a client: the transaction runs again.
import { payWith, serve } from './twin.mjs';

const pay = payWith();

serve({ pay: (payment) => pay(payment).catch(() => pay(payment)) });
