import { Breaker, call, limits, rejection, replyTo, serve } from './twin.mjs';

// Once the open time is over and nobody comes, it asks for what was asked for last.
const looking = () => {
  const breaker = new Breaker();
  let latest;
  const ask = async (url) => {
    const era = breaker.admit();
    if (era === undefined) return undefined;
    const begun = performance.now();
    const answer = await call(url);
    breaker.ended(era, answer, performance.now() - begun);
    return answer;
  };
  const { open } = breaker;
  breaker.open = () => {
    open.call(breaker);
    setTimeout(() => ask(latest), limits.openMs + 60);
  };
  return async (id, url) => {
    latest = url;
    const answer = await ask(url);
    return answer ? replyTo(id, answer) : rejection;
  };
};
serve(looking(), looking());
