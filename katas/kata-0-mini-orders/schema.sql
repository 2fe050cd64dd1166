-- The orders of kata 0. The lab creates this table; programs only use it.

CREATE TABLE orders (
  id text PRIMARY KEY,
  item text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE orders IS 'One row for each order that a client was told is placed.';
COMMENT ON COLUMN orders.id IS 'The name that the client gave it: the same name again is the same order.';
