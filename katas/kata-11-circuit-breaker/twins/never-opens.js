import { serveBoth } from './twin.mjs';

serveBoth((breaker) => (breaker.failsIn = () => 0));
