import { serveBoth } from './twin.mjs';

// Slow calls count in the window alone.
serveBoth((breaker) => {
  const { isFailure } = breaker;
  breaker.isFailure = (answer, tookMs) =>
    breaker.state === 'half-open' ? answer.status >= 500 : isFailure(answer, tookMs);
});
