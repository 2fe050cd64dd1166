// The list of accounts has a connection of its own, which is opened once.
import pg from 'pg';
import { serve, transfer, url } from './twin.mjs';

const reader = new pg.Client({ connectionString: url });
reader.on('error', () => undefined);
await reader.connect();

serve(transfer, {
  accounts: async () => {
    try {
      const { rows } = await reader.query('SELECT id, balance FROM accounts ORDER BY id');
      return { status: 200, body: { accounts: rows } };
    } catch {
      return { status: 503, body: { error: 'gave up', retries: 0 } };
    }
  },
});
