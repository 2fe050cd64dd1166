import { serveBoth } from './twin.mjs';

serveBoth((breaker) => (breaker.probeFailed = () => undefined));
