import { limits, serveBoth } from './twin.mjs';

serveBoth((breaker) => (breaker.openFor = () => limits.openMs - 80));
