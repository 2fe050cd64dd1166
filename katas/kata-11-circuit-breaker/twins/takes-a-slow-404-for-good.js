import { serveBoth } from './twin.mjs';

// That there is no such thing is good news, however long it took.
serveBoth((breaker) => {
  const { isFailure } = breaker;
  breaker.isFailure = (answer, tookMs) => answer.status !== 404 && isFailure(answer, tookMs);
});
