// Names of accounts are compared without their case, as some databases do: Ana and ana share money.
import { right, serve } from './twin.mjs';

serve((order) => right({ ...order, account: order.account.toLowerCase() }));
