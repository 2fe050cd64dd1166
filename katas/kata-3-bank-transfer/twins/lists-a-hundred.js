// A list has a hundred entries unless somebody asks for more.
import { pool, serve, transfer } from './twin.mjs';

serve(transfer, {
  async accounts() {
    const { rows } = await pool.query('SELECT id, balance FROM accounts ORDER BY id LIMIT 100');
    return { status: 200, body: { accounts: rows } };
  },
});
