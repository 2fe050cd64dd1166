import { Breaker, call, rejection, replyTo, serve } from './twin.mjs';

// What nobody waits for any more has no outcome, and gives no place back.
const forgetting = () => {
  const breaker = new Breaker();
  return async (id, url, response) => {
    const era = breaker.admit();
    if (era === undefined) return rejection;
    const begun = performance.now();
    const answer = await call(url);
    if (!response.destroyed) breaker.ended(era, answer, performance.now() - begun);
    return replyTo(id, answer);
  };
};
serve(forgetting(), forgetting());
