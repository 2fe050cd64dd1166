import { serveBoth } from './twin.mjs';

serveBoth((breaker) => (breaker.closesAfter = () => 1));
