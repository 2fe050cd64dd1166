import { serveBoth } from './twin.mjs';

// A probe that times out never gives its place back.
serveBoth((breaker) => {
  breaker.givesBack = ({ status }) => breaker.state !== 'half-open' || status !== 504;
});
