/** Order 1 over 2500 and order 12 over 500 read the same: nothing stands between the two. */
import { serve } from './twin.mjs';

serve({ fingerprintOf: ({ order, amount }) => `${order}${amount}` });
