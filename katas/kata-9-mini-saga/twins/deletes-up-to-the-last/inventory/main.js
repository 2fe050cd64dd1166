import { pool, publish } from '../../twin.mjs';
import { inventory } from '../../twin-inventory.mjs';

/** Positions are given when a row is written: what commits later may have a lower one. */
async function relays() {
  const { rows } = await pool.query('SELECT * FROM outbox ORDER BY position LIMIT 50');
  for (const { id, exchange, key, payload } of rows) await publish(key, payload, { id, exchange });
  const last = rows.at(-1);
  if (last) await pool.query('DELETE FROM outbox WHERE position <= $1', [last.position]);
}

inventory({}, { relays });
