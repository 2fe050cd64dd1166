// Refuses an amount that is not there or zero, and believes all others: this one pays money out.
import { serve } from './twin.mjs';

serve({ isPayment: ({ amount }) => Boolean(amount) });
