// Lock, decide, record and move in one statement with parts.
import { bothExist, done, insufficient, pool, recorded, retried, serve, unknown } from './twin.mjs';

const all = `
  WITH locked AS (
    SELECT id, balance FROM accounts WHERE id IN ($2, $3) ORDER BY id FOR UPDATE
  ), fresh AS (
    INSERT INTO transfers (id, payer, payee, amount)
    SELECT $1, $2, $3, $4::int FROM locked WHERE id = $2 AND balance >= $4::int
    ON CONFLICT DO NOTHING RETURNING id
  )
  UPDATE accounts SET balance = accounts.balance + CASE accounts.id WHEN $2 THEN -$4::int ELSE $4::int END
    FROM locked, fresh WHERE accounts.id = locked.id RETURNING accounts.id`;

serve((wanted) =>
  retried(async () => {
    const { id, from, to, amount } = wanted;
    const before = await recorded(pool, wanted);
    if (before) return before;
    if (!(await bothExist(pool, wanted))) return unknown();
    const { rowCount } = await pool.query(all, [id, from, to, amount]);
    if (rowCount === 2) return done(wanted);
    return (await recorded(pool, wanted)) ?? insufficient();
  }),
);
