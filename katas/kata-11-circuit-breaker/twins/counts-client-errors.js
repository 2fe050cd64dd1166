import { limits, serveBoth } from './twin.mjs';

serveBoth((breaker) => {
  breaker.isFailure = ({ status }, tookMs) => status >= 400 || tookMs >= limits.slowMs;
});
