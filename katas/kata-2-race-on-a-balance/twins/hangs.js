// An operation fails within the lock, which is never given back: the account stops for ever.
import { locked, right, serve } from './twin.mjs';

let asked = 0;

serve((order) =>
  ++asked === 500 ? locked(order.account, () => new Promise(() => undefined)) : right(order),
);
