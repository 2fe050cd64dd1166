// GET /accounts knows only those of the crowd.
import { pool, serve, transfer } from './twin.mjs';

serve(transfer, {
  async accounts() {
    const { rows } = await pool.query("SELECT id, balance FROM accounts WHERE id LIKE 'a-%'");
    return { status: 200, body: { accounts: rows } };
  },
});
