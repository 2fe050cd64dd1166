-- The table of hermitage's tests. Every script begins with the rows (1, 10) and (2, 20).
CREATE TABLE test (
  id integer PRIMARY KEY,
  value integer NOT NULL
);
