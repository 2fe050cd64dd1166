// Looks whether there is enough, and then takes it, without asking again.
import { serve, transfer } from './twin.mjs';

serve((wanted) =>
  transfer(wanted, {
    async debit(client, { from, amount }) {
      const { rows } = await client.query('SELECT balance FROM accounts WHERE id = $1', [from]);
      if (rows[0].balance < amount) return false;
      await client.query('UPDATE accounts SET balance = balance - $2 WHERE id = $1', [
        from,
        amount,
      ]);
      return true;
    },
  }),
);
