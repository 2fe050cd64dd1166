import { serve, Unavailable } from './twin.mjs';

// An error of the database is a 503, also where its COMMIT went through.
serve({
  again: (place, order, send) =>
    place(order, send).catch((error) => {
      throw new Unavailable(error.message);
    }),
});
