import { serveBoth } from './twin.mjs';

// Closing does not empty the window: with the next calls it opens again for what is long over.
serveBoth((breaker) => {
  const { become } = breaker;
  breaker.become = (state) => {
    const { calls } = breaker;
    become.call(breaker, state);
    breaker.calls = calls;
  };
});
