import { serveBoth } from './twin.mjs';

// Only closing forgets the good probes: those of one half-open time count in the next.
serveBoth((breaker) => {
  const { become } = breaker;
  breaker.become = (state) => {
    const { good } = breaker;
    become.call(breaker, state);
    if (state !== 'closed') breaker.good = good;
  };
});
