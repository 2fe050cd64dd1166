/** Looks at the limit before it looks at the key: a lowered one declines what was paid long ago. */
import { declined, payWith, pool, serve } from './twin.mjs';

const pay = payWith();

serve({ pay: async (payment) => (await declined(pool, payment)) ?? pay(payment) });
