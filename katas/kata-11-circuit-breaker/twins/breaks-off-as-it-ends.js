import { Breaker, call, rejection, replyTo, serve } from './twin.mjs';

// Told to end, it waits for no service any more.
const ending = new Promise((resolve) => process.on('SIGTERM', resolve));
const hasty = () => {
  const breaker = new Breaker();
  return async (id, url) => {
    const era = breaker.admit();
    if (era === undefined) return rejection;
    const begun = performance.now();
    const left = new AbortController();
    ending.then(() => left.abort());
    const answer = await call(url, undefined, left.signal);
    breaker.ended(era, answer, performance.now() - begun);
    return replyTo(id, answer);
  };
};
serve(hasty(), hasty());
