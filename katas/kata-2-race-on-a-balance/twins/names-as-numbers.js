// A name of digits is kept as a number: 7 and 007 share money.
import { right, serve } from './twin.mjs';

const shortened = (name) => (/^\d+$/.test(name) ? String(Number(name)) : name);
serve((order) => right({ ...order, account: shortened(order.account) }));
