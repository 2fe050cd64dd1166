import { serveBoth } from './twin.mjs';

// A probe that went well is welcome whenever it comes, also in a later half-open time than its own.
serveBoth((breaker) => {
  const { admit } = breaker;
  breaker.admit = () => {
    const era = admit.call(breaker);
    return era === undefined ? undefined : { era, state: breaker.state };
  };
  breaker.isLate = ({ era, state }, failed) =>
    state === 'half-open' && !failed ? breaker.state !== 'half-open' : era !== breaker.era;
});
