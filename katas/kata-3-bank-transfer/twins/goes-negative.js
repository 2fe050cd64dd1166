// Never asks whether there is enough.
import { serve, transfer } from './twin.mjs';

serve((wanted) =>
  transfer(wanted, {
    debit: async (client, { from, amount }) => {
      await client.query('UPDATE accounts SET balance = balance - $2 WHERE id = $1', [
        from,
        amount,
      ]);
      return true;
    },
  }),
);
