import { limits, serveBoth } from './twin.mjs';

// As gobreaker counts: in windows that follow one another, each from nothing; one probe after the
// other may close it, and what comes meanwhile is rejected.
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
