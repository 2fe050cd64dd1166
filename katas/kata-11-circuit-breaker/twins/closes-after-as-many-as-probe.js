import { limits, serveBoth } from './twin.mjs';

// One number for two things.
serveBoth((breaker) => (breaker.closesAfter = () => limits.probes));
