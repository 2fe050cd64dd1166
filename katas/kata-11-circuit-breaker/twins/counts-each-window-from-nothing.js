import { limits, serveBoth } from './twin.mjs';

// Windows that follow one another: a few calls are the whole of one that has just begun.
serveBoth((breaker) => {
  let from = 0;
  breaker.count = (failed) => {
    const now = performance.now();
    if (now - from >= limits.windowMs) [from, breaker.calls] = [now, []];
    breaker.calls.push({ at: now, failed });
    const share = (100 * breaker.failsIn(breaker.calls)) / breaker.calls.length;
    if (breaker.isEnough(breaker.calls) && share >= limits.failPercent) breaker.open();
  };
});
