import { serveBoth } from './twin.mjs';

// What is neither success nor failure is forgotten, and with it the place of the probe.
serveBoth((breaker) => {
  breaker.givesBack = ({ status }) => breaker.state !== 'half-open' || status !== 404;
});
