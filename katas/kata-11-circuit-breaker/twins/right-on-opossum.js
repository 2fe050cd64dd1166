import CircuitBreaker from 'opossum';
import { serveGuarded } from './library.mjs';
import { limits } from './twin.mjs';

// On opossum, which opens above its threshold, not at it, and counts a call as it begins: one that is under
// way has not failed, so it is told of it only once it is over.
serveGuarded((call) => {
  const breaker = new CircuitBreaker((make) => make(), {
    timeout: false,
    errorThresholdPercentage: limits.failPercent - 0.01,
    volumeThreshold: limits.minCalls,
    rollingCountTimeout: limits.windowMs,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
    resetTimeout: limits.openMs,
  });
  return {
    async fire(asked) {
      if (!breaker.closed) return breaker.fire(() => call(asked));
      const made = call(asked);
      await made.catch(() => undefined);
      return breaker.fire(() => made);
    },
    isRejection: ({ code }) => code === 'EOPENBREAKER',
    onChange(changed) {
      breaker.on('open', changed);
      breaker.on('close', changed);
    },
  };
});
