import { serveBoth } from './twin.mjs';

serveBoth((breaker) => (breaker.mayProbe = () => true));
