// Refuses who wants to spend all that is there.
import { serve, transfer } from './twin.mjs';

serve((wanted) =>
  transfer(wanted, {
    debit: async (client, { from, amount }) => {
      const { rowCount } = await client.query(
        'UPDATE accounts SET balance = balance - $2 WHERE id = $1 AND balance > $2',
        [from, amount],
      );
      return rowCount === 1;
    },
  }),
);
