import { Breaker, call, rejection, replyTo, serve } from './twin.mjs';

// The head says how the call went; what comes of the rest is the client's affair.
const believing = () => {
  const breaker = new Breaker();
  return async (id, url) => {
    const era = breaker.admit();
    if (era === undefined) return rejection;
    const begun = performance.now();
    let isTold = false;
    const tell = (status) => {
      if (!isTold) breaker.ended(era, { status }, performance.now() - begun);
      isTold = true;
    };
    const answer = await call(url, tell);
    tell(answer.status);
    return replyTo(id, answer);
  };
};
serve(believing(), believing());
