// Nobody is served while somebody else is; serializable all the same.
import { move, retried, serve, transaction } from './twin.mjs';

let last = Promise.resolve();

serve((wanted) => {
  const own = last.then(() => retried(() => transaction((tx) => move(tx, wanted), 'SERIALIZABLE')));
  last = own.catch(() => undefined);
  return own;
});
