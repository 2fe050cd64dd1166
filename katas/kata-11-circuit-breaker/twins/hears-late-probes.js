import { serveBoth } from './twin.mjs';

// A probe knows the name of its state, not its number: a later half-open time hears of it.
serveBoth((breaker) => {
  const { admit } = breaker;
  breaker.admit = () => {
    const era = admit.call(breaker);
    return era === undefined ? undefined : { era, state: breaker.state };
  };
  breaker.isLate = ({ era, state }) =>
    state === 'half-open' ? breaker.state !== 'half-open' : era !== breaker.era;
});
