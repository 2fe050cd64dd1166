import pg from 'pg';
import { insertEvent, insertOrder, isRelay, serve, transaction, turn } from './twin.mjs';

// Told of every order as it comes, it never looks by itself: nobody tells it of what came before.
let told = false;
if (isRelay) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  client.on('error', () => undefined);
  client.on('notification', () => (told = true));
  await client.connect();
  await client.query('LISTEN orders');
}

serve({
  place: (order) =>
    transaction(async (tx) => {
      if (!(await insertOrder(tx, order))) return;
      await insertEvent(tx, order);
      await tx.query('NOTIFY orders');
    }),
  async relay() {
    if (!told) return 0;
    told = false;
    const published = await turn().catch(() => {
      told = true;
      return 0;
    });
    if (published > 0) told = true;
    return published;
  },
});
