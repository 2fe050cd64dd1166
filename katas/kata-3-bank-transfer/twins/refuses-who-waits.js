// Nobody waits for a lock for long: who does is told that the bank is busy, with all retries left.
import { move, retried, serve, transaction } from './twin.mjs';

serve((wanted) =>
  retried((retries) =>
    transaction(async (tx) => {
      await tx.query("SET LOCAL lock_timeout = '250ms'");
      return move(tx, wanted);
    }).catch((error) => {
      if (error.code === '55P03') return { status: 503, body: { error: 'busy', retries } };
      throw error;
    }),
  ),
);
