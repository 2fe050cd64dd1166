import { gateway } from './twin.mjs';

// Whoever is refused and asks again is refused for longer.
gateway(({ burst, rate }) => ({
  limiter() {
    const buckets = new Map();
    return (client, now) => {
      const bucket = buckets.get(client) ?? { tokens: burst, at: now };
      buckets.set(client, bucket);
      bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) * rate) / 1000) - 6;
      bucket.at = now;
      if (bucket.tokens + 6 >= 1) {
        bucket.tokens += 5;
        return 0;
      }
      return 50;
    };
  },
}));
