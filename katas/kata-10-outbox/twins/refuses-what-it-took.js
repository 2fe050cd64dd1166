import { serve, take, Unavailable, publish } from './twin.mjs';

// The order and its event are safe, and the client is told to try again.
serve({
  async place(order) {
    await take(order);
    await publish([]).catch(() => {
      throw new Unavailable('the broker does not answer');
    });
  },
});
