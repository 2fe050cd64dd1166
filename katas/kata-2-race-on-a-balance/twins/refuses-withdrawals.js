// Nothing can be lost where nothing is ever paid out.
import { balanceOf, refused, right, serve } from './twin.mjs';

serve(async (order) =>
  order.kind === 'withdrawal' ? refused(balanceOf(order.account)) : right(order),
);
