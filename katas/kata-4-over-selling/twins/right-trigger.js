// A trigger of the program's own takes the units when the row is written; it only inserts.
import { pool, read, serve, sold, soldOut } from './twin.mjs';

await pool.query(`
  CREATE OR REPLACE FUNCTION takes_units() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE stock SET quantity = quantity - NEW.quantity
      WHERE sku = NEW.sku AND quantity >= NEW.quantity
      RETURNING quantity + NEW.quantity INTO NEW.stock_before;
    IF NOT FOUND THEN RETURN NULL; END IF;
    RETURN NEW;
  END $$;
  ALTER TABLE purchases ADD COLUMN IF NOT EXISTS stock_before integer;
  CREATE OR REPLACE TRIGGER takes_units BEFORE INSERT ON purchases
    FOR EACH ROW EXECUTE FUNCTION takes_units()`);

serve(async ({ sku, buyer, quantity }) => {
  const { rows } = await pool.query(
    `INSERT INTO purchases (sku, buyer, quantity) VALUES ($1, $2, $3)
      RETURNING id::text, stock_before`,
    [sku, buyer, quantity],
  );
  return rows[0] ? sold(rows[0].id, rows[0].stock_before) : soldOut(await read(pool, { sku }));
});
