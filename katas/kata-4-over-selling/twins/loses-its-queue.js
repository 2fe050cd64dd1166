// Takes the unit at once, but writes the purchases later, in a batch: SIGTERM comes first.
import { pool, record, serve, sold, soldOut, take, transaction } from './twin.mjs';

serve(
  async (order) => {
    const stock = await transaction((client) => take(client, order));
    if (stock === undefined) return soldOut();
    const { rows } = await pool.query(
      `SELECT nextval(pg_get_serial_sequence('purchases', 'id'))::text AS id`,
    );
    setTimeout(() => record(pool, order), 60_000);
    return sold(rows[0].id, stock);
  },
  { stop: () => process.exit(0) },
);
