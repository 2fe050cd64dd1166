import { gateway } from './twin.mjs';

// A fixed window: at its edge twice as many come through.
gateway(({ burst, rate }) => ({
  limiter() {
    const windows = new Map();
    const lastsMs = (1000 * burst) / rate;
    return (client, now) => {
      const known = windows.get(client);
      const window = known && now < known.until ? known : { until: now + lastsMs, count: 0 };
      windows.set(client, window);
      if (window.count >= burst) return window.until - now;
      window.count += 1;
      return 0;
    };
  },
}));
