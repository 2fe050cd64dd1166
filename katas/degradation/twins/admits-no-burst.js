import { gateway } from './twin.mjs';

// Evenly spaced or not at all.
gateway(({ rate }) => ({
  limiter() {
    const last = new Map();
    return (client, now) => {
      const left = (last.get(client) ?? -Infinity) + 1000 / rate - now;
      if (left > 0) return left;
      last.set(client, now);
      return 0;
    };
  },
}));
