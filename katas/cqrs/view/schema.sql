-- The read side of the kata cqrs. The lab creates these tables, and fills none. All of it is the
-- program's own: nobody else reads it, and it may have other tables. In the act `rebuild` the lab
-- empties every table there is.

CREATE TABLE orders (
  id text PRIMARY KEY,
  customer text NOT NULL,
  version integer NOT NULL,
  status text NOT NULL CHECK (status IN ('OPEN', 'CANCELLED')),
  amount integer NOT NULL
);
CREATE INDEX orders_by_customer ON orders (customer);
COMMENT ON TABLE orders IS 'Each order as far as its events were folded.';

CREATE TABLE summaries (
  customer text PRIMARY KEY,
  orders integer NOT NULL DEFAULT 0,
  total integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE summaries IS 'What a customer has open, for who adds it up.';

CREATE TABLE inbox (
  message_id text PRIMARY KEY
);
COMMENT ON TABLE inbox IS 'Events that were folded, for who drops what comes twice.';

CREATE TABLE position (
  stream text PRIMARY KEY,
  next bigint NOT NULL
);
COMMENT ON TABLE position IS 'The offset in the stream that comes next. It belongs in the transaction that folds what came before it.';
