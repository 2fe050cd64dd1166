-- The bank of kata 3. The lab creates these tables and opens the accounts; programs only use them.
-- No constraint guards the money: nothing stops a negative balance or a debit without its credit, so
-- that what the program did wrong stays visible.

CREATE TABLE accounts (
  id text PRIMARY KEY,
  balance integer NOT NULL
);
COMMENT ON TABLE accounts IS 'Every account there is; programs open and close none.';
COMMENT ON COLUMN accounts.balance IS 'In whole units. At every moment all balances together are what they were at the start.';

CREATE TABLE transfers (
  id text PRIMARY KEY,
  payer text NOT NULL,
  payee text NOT NULL,
  amount integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE transfers IS 'One row for each transfer that took effect, and none for any other.';
COMMENT ON COLUMN transfers.id IS 'The id in the request: the same id is the same transfer, asked again.';
COMMENT ON COLUMN transfers.payer IS 'The account that the money left: "from" in the request.';
COMMENT ON COLUMN transfers.payee IS 'The account that it went to: "to" in the request.';

-- PostgreSQL looks for a deadlock once somebody has waited for so long (by default a second), which
-- would make the lesson slow. Only a superuser may set it; without it everything is right, but later.
DO $$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = %L', current_database(), '20ms');
EXCEPTION WHEN insufficient_privilege THEN
  NULL;
END
$$;
