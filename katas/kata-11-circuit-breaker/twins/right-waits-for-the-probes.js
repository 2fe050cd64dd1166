import { guard, limits, serve, Breaker } from './twin.mjs';

// As cockatiel does: who comes half-open waits for what the probes come to, for a while.
const waiting = () => {
  const breaker = new Breaker();
  const ask = guard(undefined, { breaker });
  return async (id, url) => {
    const until = performance.now() + limits.slowMs;
    while (
      breaker.state === 'half-open' &&
      breaker.underWay >= limits.probes &&
      performance.now() < until
    )
      await new Promise((resolve) => setTimeout(resolve, 5));
    return ask(id, url);
  };
};
serve(waiting(), waiting());
