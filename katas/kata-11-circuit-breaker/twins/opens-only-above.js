import { limits, serveBoth } from './twin.mjs';

// It takes more than the percentage: where all have to fail it never opens.
serveBoth((breaker) => (breaker.isTooMuch = (share) => share > limits.failPercent));
