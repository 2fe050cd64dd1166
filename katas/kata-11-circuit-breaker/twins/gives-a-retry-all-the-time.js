import { Breaker, call, rejection, replyTo, serve } from './twin.mjs';

// Few are retried, and each retry asks the breaker; but it has a whole time-out of its own.
const share = 0.09;
const retrying = () => {
  const breaker = new Breaker();
  let budget = 5;
  const ask = async (url) => {
    const era = breaker.admit();
    if (era === undefined) return undefined;
    const begun = performance.now();
    const answer = await call(url);
    breaker.ended(era, answer, performance.now() - begun);
    return answer;
  };
  return async (id, url) => {
    budget = Math.min(5, budget + share);
    const answer = await ask(url);
    if (answer === undefined) return rejection;
    if (answer.status < 502 || budget < 1) return replyTo(id, answer);
    budget -= 1;
    return replyTo(id, (await ask(url)) ?? answer);
  };
};
serve(retrying(), retrying());
