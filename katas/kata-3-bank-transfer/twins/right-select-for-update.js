// Locks both rows, decides in its own code, and writes what it computed.
import {
  done,
  insufficient,
  record,
  recorded,
  retried,
  serve,
  think,
  transaction,
  unknown,
} from './twin.mjs';

serve((wanted) =>
  retried(() =>
    transaction(async (tx) => {
      const { from, to, amount } = wanted;
      const { rows } = await tx.query(
        'SELECT id, balance FROM accounts WHERE id IN ($1, $2) ORDER BY id FOR UPDATE',
        [from, to],
      );
      const before = await recorded(tx, wanted);
      if (before) return before;
      const payer = rows.find(({ id }) => id === from);
      const payee = rows.find(({ id }) => id === to);
      if (!payer || !payee) return unknown();
      if (payer.balance < amount) return insufficient();
      await think();
      const set = 'UPDATE accounts SET balance = $2 WHERE id = $1';
      await tx.query(set, [from, payer.balance - amount]);
      await tx.query(set, [to, payee.balance + amount]);
      await record(tx, wanted);
      return done(wanted);
    }),
  ),
);
