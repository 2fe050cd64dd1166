import { nothing, type Guard } from './guards.js';

/** A token bucket for each client: its burst at once, its rate over time. */
export function rateLimit(perSecond: number, burst: number): Guard {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return ({ client }) => {
    const now = performance.now();
    const bucket = buckets.get(client) ?? { tokens: burst, at: now };
    buckets.set(client, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) * perSecond) / 1000);
    bucket.at = now;
    if (bucket.tokens < 1)
      return { refused: 'client', waitMs: ((1 - bucket.tokens) * 1000) / perSecond };
    bucket.tokens -= 1;
    return nothing;
  };
}
