-- What the worker has done: an order a row, and each of its parcels.
CREATE TABLE goods (
  sku text PRIMARY KEY
);

INSERT INTO goods VALUES ('lamp'), ('vase'), ('desk'), ('rug');

CREATE TABLE orders (
  id         text        PRIMARY KEY,
  sku        text        NOT NULL REFERENCES goods,
  quantity   integer     NOT NULL CHECK (quantity > 0),
  request_id text,
  stored_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE parcels (
  order_id text    NOT NULL REFERENCES orders,
  number   integer NOT NULL,
  PRIMARY KEY (order_id, number)
);
