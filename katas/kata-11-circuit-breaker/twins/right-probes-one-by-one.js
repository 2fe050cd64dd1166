import { serveBoth } from './twin.mjs';

// One at a time is no more than may be.
serveBoth((breaker) => (breaker.mayProbe = () => breaker.underWay < 1));
