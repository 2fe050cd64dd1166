import { serveBoth } from './twin.mjs';

// Only what has a status can fail.
serveBoth((breaker) => {
  const { isFailure } = breaker;
  breaker.isFailure = (answer, tookMs) => answer.status !== 502 && isFailure(answer, tookMs);
});
