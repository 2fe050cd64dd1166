import { serveBoth } from './twin.mjs';

// Five failures in the window, of however many calls.
serveBoth((breaker) => {
  breaker.failsIn = (calls) =>
    calls.filter(({ failed }) => failed).length >= 4 ? calls.length : 0;
});
