import { gateway } from './twin.mjs';

// A bucket of whole tokens: what has come is rounded down at every look, and the rest is lost.
gateway(({ rate, burst }) => ({
  limiter() {
    const buckets = new Map();
    return (client, now) => {
      const bucket = buckets.get(client) ?? { tokens: burst, at: now };
      buckets.set(client, bucket);
      const came = Math.floor(((now - bucket.at) * rate) / 1000);
      bucket.tokens = Math.min(burst, bucket.tokens + came);
      bucket.at = now;
      if (bucket.tokens < 1) return 1000 / rate;
      bucket.tokens -= 1;
      return 0;
    };
  },
}));
