-- What the worker has done, an order a row.
CREATE TABLE orders (
  id         text    PRIMARY KEY,
  sku        text    NOT NULL,
  quantity   integer NOT NULL CHECK (quantity > 0),
  request_id text
);
