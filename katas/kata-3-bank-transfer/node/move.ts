import type { Bank, Outcome, Queries, Transfer } from './bank.js';

/**
 * The statements of a transfer, the same in every strategy. Whether they take effect together or
 * one by one is not decided here but by whoever calls: it is a matter of BEGIN and COMMIT.
 */
export async function move(
  queries: Queries,
  { think }: Pick<Bank, 'think'>,
  transfer: Transfer,
): Promise<Outcome> {
  const before = await recorded(queries, transfer);
  if (before) return before;
  if (!(await bothExist(queries, transfer))) return 'unknown-account';

  // Whoever asked for the same id at the same time may have taken the money meanwhile.
  if (!(await debit(queries, transfer)))
    return (await recorded(queries, transfer)) ?? 'insufficient-funds';
  await think();
  await credit(queries, transfer);
  await record(queries, transfer);
  return 'done';
}

/** What became of this id before; undefined where it is new. */
async function recorded(queries: Queries, transfer: Transfer): Promise<Outcome | undefined> {
  const { id, from, to, amount } = transfer;
  const { rows } = await queries.query<{ same: boolean }>(
    'SELECT (payer, payee, amount) = ($2, $3, $4::bigint) AS same FROM transfers WHERE id = $1',
    [id, from, to, amount],
  );
  if (!rows[0]) return undefined;
  return rows[0].same ? 'done' : 'id-reused';
}

async function bothExist(queries: Queries, { from, to }: Transfer): Promise<boolean> {
  const { rowCount } = await queries.query('SELECT id FROM accounts WHERE id IN ($1, $2)', [
    from,
    to,
  ]);
  return rowCount === 2;
}

/** Decides and takes in one statement, so that no balance becomes negative. */
async function debit(queries: Queries, { from, amount }: Transfer): Promise<boolean> {
  const { rowCount } = await queries.query(
    'UPDATE accounts SET balance = balance - $2::bigint WHERE id = $1 AND balance >= $2::bigint',
    [from, amount],
  );
  return rowCount === 1;
}

async function credit(queries: Queries, { to, amount }: Transfer): Promise<void> {
  await queries.query('UPDATE accounts SET balance = balance + $2 WHERE id = $1', [to, amount]);
}

/** @throws SQLSTATE 23505 where somebody else recorded the same id first */
async function record(queries: Queries, { id, from, to, amount }: Transfer): Promise<void> {
  await queries.query('INSERT INTO transfers (id, payer, payee, amount) VALUES ($1, $2, $3, $4)', [
    id,
    from,
    to,
    amount,
  ]);
}
