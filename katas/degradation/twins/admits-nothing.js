import { gateway } from './twin.mjs';

// A bucket that is never filled: whoever has not been seen before has nothing.
gateway(({ rate, burst }) => ({
  limiter() {
    const buckets = new Map();
    return (client, now) => {
      const bucket = buckets.get(client) ?? { tokens: 0, at: now };
      buckets.set(client, bucket);
      bucket.tokens = Math.min(
        burst,
        bucket.tokens + Math.floor(((now - bucket.at) * rate) / 1000),
      );
      bucket.at = now;
      if (bucket.tokens < 1) return 1000 / rate;
      bucket.tokens -= 1;
      return 0;
    };
  },
}));
