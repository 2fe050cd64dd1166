import { serveBoth } from './twin.mjs';

serveBoth((breaker) => (breaker.isEnough = () => true));
