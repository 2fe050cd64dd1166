import { limits, serveBoth } from './twin.mjs';

// Each failure counts the open time anew, also that of a call from before it opened.
serveBoth((breaker) => {
  breaker.isLate = (era, failed) => {
    if (failed && breaker.state === 'open') breaker.openUntil = performance.now() + limits.openMs;
    return era !== breaker.era;
  };
});
