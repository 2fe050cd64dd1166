// The payee gets the money on another connection: it waits there for a row that a transaction like
// its own has locked, and the database sees no deadlock.
import { credit, pool, serve, transfer } from './twin.mjs';

serve((wanted) =>
  transfer(wanted, { credit: (_client, transferred) => credit(pool, transferred) }),
);
