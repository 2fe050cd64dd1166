import { limits, serveBoth } from './twin.mjs';

// As opossum counts: in ten buckets, of which the oldest is dropped.
const buckets = 10;
serveBoth((breaker) => {
  let some = [];
  const { become } = breaker;
  breaker.become = (state) => {
    some = [];
    become.call(breaker, state);
  };
  breaker.count = (failed) => {
    const n = Math.floor((performance.now() * buckets) / limits.windowMs);
    some = some.filter((bucket) => bucket.n > n - buckets);
    if (some.at(-1)?.n !== n) some.push({ n, calls: 0, failures: 0 });
    const last = some.at(-1);
    last.calls += 1;
    if (failed) last.failures += 1;
    const sum = (field) => some.reduce((all, bucket) => all + bucket[field], 0);
    const calls = sum('calls');
    if (calls >= limits.minCalls && 100 * sum('failures') >= limits.failPercent * calls)
      breaker.open();
  };
});
