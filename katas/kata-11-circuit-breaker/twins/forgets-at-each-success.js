import { limits, serveBoth } from './twin.mjs';

// Opens only when so many in a row have failed: where half of the calls fail, they hardly ever do.
serveBoth((breaker) => {
  const { count } = breaker;
  breaker.isEnough = (calls) => calls.length >= 2 * limits.minCalls;
  breaker.count = (failed) => {
    if (!failed) breaker.calls = [];
    else count.call(breaker, failed);
  };
});
