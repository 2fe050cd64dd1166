// A unique violation says that the id is there, so it is done; which transfer it is nobody asks.
import { done, move, retried, serve, transaction } from './twin.mjs';

serve((wanted) =>
  retried(() =>
    transaction((tx) => move(tx, wanted)).catch((error) => {
      if (error.code === '23505') return done(wanted);
      throw error;
    }),
  ),
);
