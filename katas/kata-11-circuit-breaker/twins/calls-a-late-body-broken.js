import { Breaker, call, rejection, replyTo, serve } from './twin.mjs';

// Once the head is there, a time-out looks like a connection that broke.
const mistaken = () => {
  const breaker = new Breaker();
  return async (id, url) => {
    const era = breaker.admit();
    if (era === undefined) return rejection;
    const begun = performance.now();
    let hasHead = false;
    const answer = await call(url, () => (hasHead = true));
    breaker.ended(era, answer, performance.now() - begun);
    return replyTo(id, hasHead && answer.status === 504 ? { status: 502 } : answer);
  };
};
serve(mistaken(), mistaken());
