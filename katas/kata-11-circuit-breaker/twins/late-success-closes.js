import { serveBoth } from './twin.mjs';

serveBoth((breaker) => {
  breaker.isLate = (era, failed) => era !== breaker.era && failed;
});
