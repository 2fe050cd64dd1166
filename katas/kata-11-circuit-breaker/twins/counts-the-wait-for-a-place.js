import { Breaker, call, limits, rejection, replyTo, serve } from './twin.mjs';

// Eight calls at once to each service; who finds no place in time is told that the call took too long.
const places = 8;
const narrow = () => {
  const breaker = new Breaker();
  let taken = 0;
  const waiting = [];
  const place = () =>
    new Promise((resolve) => {
      if (taken < places) {
        taken += 1;
        resolve(true);
      } else {
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(given), 1);
          resolve(false);
        }, limits.timeoutMs);
        const given = () => {
          clearTimeout(timer);
          resolve(true);
        };
        waiting.push(given);
      }
    });
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  };
  return async (id, url) => {
    const era = breaker.admit();
    if (era === undefined) return rejection;
    const begun = performance.now();
    const hasPlace = await place();
    const answer = hasPlace ? await call(url) : { status: 504 };
    if (hasPlace) leave();
    breaker.ended(era, answer, performance.now() - begun);
    return replyTo(id, answer);
  };
};
serve(narrow(), narrow());
