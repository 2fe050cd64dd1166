// Names go into a column of so many letters.
import { right, serve } from './twin.mjs';

const letters = 64;

serve((order) => right({ ...order, account: order.account.slice(0, letters) }));
