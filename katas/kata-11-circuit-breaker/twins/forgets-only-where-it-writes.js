import { limits, serveBoth } from './twin.mjs';

// A ring of ten buckets: only the one that is written to is emptied, so a pause forgets nothing.
const buckets = 10;
serveBoth((breaker) => {
  let ring = [];
  const { become } = breaker;
  breaker.become = (state) => {
    ring = [];
    become.call(breaker, state);
  };
  breaker.count = (failed) => {
    const n = Math.floor((performance.now() * buckets) / limits.windowMs);
    if (ring[n % buckets]?.n !== n) ring[n % buckets] = { n, calls: 0, failures: 0 };
    const bucket = ring[n % buckets];
    bucket.calls += 1;
    if (failed) bucket.failures += 1;
    const sum = (field) => ring.reduce((all, one) => all + (one?.[field] ?? 0), 0);
    const calls = sum('calls');
    if (calls >= limits.minCalls && 100 * sum('failures') >= limits.failPercent * calls)
      breaker.open();
  };
});
