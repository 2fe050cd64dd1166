// Takes the money and records the transfer; the payee never gets it.
import { serve, transfer } from './twin.mjs';

serve((wanted) =>
  transfer(wanted, {
    credit: (client, { to }) =>
      client.query('UPDATE accounts SET balance = balance WHERE id = $1', [to]),
  }),
);
