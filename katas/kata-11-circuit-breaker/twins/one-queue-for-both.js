import { Breaker, call, rejection, replyTo, serve } from './twin.mjs';

// So many calls at once, to both services together; whoever finds no place waits for one.
const places = 40;
let taken = 0;
const waiting = [];

const queued = () => {
  const breaker = new Breaker();
  return async (id, url) => {
    const era = breaker.admit();
    if (era === undefined) return rejection;
    if (taken < places) taken += 1;
    else await new Promise((resolve) => waiting.push(resolve));
    const begun = performance.now();
    const answer = await call(url);
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
    breaker.ended(era, answer, performance.now() - begun);
    return replyTo(id, answer);
  };
};
serve(queued(), queued());
