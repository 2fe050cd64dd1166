// Writes the row first, and leaves it there when it refuses.
import {
  credit,
  bothExist,
  debit,
  done,
  insufficient,
  recorded,
  retried,
  serve,
  transaction,
  unknown,
} from './twin.mjs';

serve((wanted) =>
  retried(() =>
    transaction(async (tx) => {
      const { id, from, to, amount } = wanted;
      if (!(await bothExist(tx, wanted))) return unknown();
      const { rowCount } = await tx.query(
        'INSERT INTO transfers (id, payer, payee, amount) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [id, from, to, amount],
      );
      if (rowCount === 0) return recorded(tx, wanted);
      if (!(await debit(tx, wanted))) return insufficient();
      await credit(tx, wanted);
      return done(wanted);
    }),
  ),
);
