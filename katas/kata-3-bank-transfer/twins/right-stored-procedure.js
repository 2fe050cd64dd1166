// The whole of it in the database.
import { done, insufficient, pool, retried, serve, unknown } from './twin.mjs';

await pool.query(`
  CREATE OR REPLACE FUNCTION transfer(wanted text, debtor text, creditor text, units int)
  RETURNS text LANGUAGE plpgsql AS $$
  DECLARE known transfers;
  BEGIN
    PERFORM 1 FROM accounts WHERE id IN (debtor, creditor) ORDER BY id FOR UPDATE;
    SELECT * INTO known FROM transfers WHERE id = wanted;
    IF FOUND THEN
      RETURN CASE WHEN (known.payer, known.payee, known.amount) = (debtor, creditor, units)
        THEN 'done' ELSE 'reused' END;
    END IF;
    IF (SELECT count(*) FROM accounts WHERE id IN (debtor, creditor)) < 2 THEN RETURN 'unknown'; END IF;
    UPDATE accounts SET balance = balance - units WHERE id = debtor AND balance >= units;
    IF NOT FOUND THEN RETURN 'insufficient'; END IF;
    UPDATE accounts SET balance = balance + units WHERE id = creditor;
    INSERT INTO transfers (id, payer, payee, amount) VALUES (wanted, debtor, creditor, units);
    RETURN 'done';
  END $$`);

const answers = {
  unknown: unknown(),
  insufficient: insufficient(),
  reused: { status: 422, body: { error: 'id-reused' } },
};

serve((wanted) =>
  retried(async () => {
    const { id, from, to, amount } = wanted;
    const { rows } = await pool.query('SELECT transfer($1, $2, $3, $4) AS said', [
      id,
      from,
      to,
      amount,
    ]);
    return answers[rows[0].said] ?? done(wanted);
  }),
);
