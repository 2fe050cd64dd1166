// An order need not be a text here: 7 becomes '7'.
import { isAmount, serve } from './twin.mjs';

serve({ isPayment: ({ order, amount }) => Boolean(order) && isAmount(amount) });
