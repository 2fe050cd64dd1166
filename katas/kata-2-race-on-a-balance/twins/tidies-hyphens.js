// Several hyphens of a name become one, as in the addresses of pages: b-1 and b--1 share money.
import { right, serve } from './twin.mjs';

serve((order) => right({ ...order, account: order.account.replace(/-+/g, '-') }));
