// Looks at the funds before the id: a repetition hears that there is nothing left.
import { bothExist, insufficient, pool, serve, transfer, unknown } from './twin.mjs';

serve(async (wanted) => {
  if (!(await bothExist(pool, wanted))) return unknown();
  const { rows } = await pool.query('SELECT balance FROM accounts WHERE id = $1', [wanted.from]);
  return rows[0].balance < wanted.amount ? insufficient() : transfer(wanted);
});
