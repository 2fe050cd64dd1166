import { gateway } from './twin.mjs';

// A bucket that a window fills anew: at its edge twice as many come through.
gateway(({ burst, rate }) => ({
  limiter() {
    const buckets = new Map();
    const lastsMs = (1000 * burst) / rate;
    return (client, now) => {
      const bucket = buckets.get(client) ?? { tokens: burst, at: now, until: now + lastsMs };
      buckets.set(client, bucket);
      const come = ((now - bucket.at) * rate) / 1000;
      bucket.tokens = now >= bucket.until ? burst : Math.min(burst, bucket.tokens + come);
      if (now >= bucket.until) bucket.until = now + lastsMs;
      bucket.at = now;
      if (bucket.tokens < 1) return ((1 - bucket.tokens) * 1000) / rate;
      bucket.tokens -= 1;
      return 0;
    };
  },
}));
