// GET /accounts asks for each balance by itself.
import { pool, serve, think, transfer } from './twin.mjs';

serve(transfer, {
  async accounts() {
    const { rows } = await pool.query('SELECT id FROM accounts ORDER BY id');
    const accounts = [];
    for (const { id } of rows) {
      const found = await pool.query('SELECT id, balance FROM accounts WHERE id = $1', [id]);
      accounts.push(found.rows[0]);
      await think();
    }
    return { status: 200, body: { accounts } };
  },
});
