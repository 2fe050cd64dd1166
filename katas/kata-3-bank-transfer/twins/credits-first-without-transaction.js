// No transaction either, and the payee's row comes first: money is made rather than lost.
import {
  bothExist,
  credit,
  debit,
  done,
  insufficient,
  pool,
  record,
  recorded,
  retried,
  serve,
  think,
  unknown,
} from './twin.mjs';

serve((wanted) =>
  retried(async () => {
    const before = await recorded(pool, wanted);
    if (before) return before;
    if (!(await bothExist(pool, wanted))) return unknown();
    const { rows } = await pool.query('SELECT balance FROM accounts WHERE id = $1', [wanted.from]);
    if (rows[0].balance < wanted.amount) return insufficient();
    await credit(pool, wanted);
    await think();
    await debit(pool, wanted);
    await record(pool, wanted);
    return done(wanted);
  }),
);
