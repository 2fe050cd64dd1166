import { limits, replyTo, serve, rejection, Breaker } from './twin.mjs';

// The time-out ends with the head of the answer, as where fetch is raced and its body is not.
const guard = () => {
  const breaker = new Breaker();
  return async (id, url) => {
    const era = breaker.admit();
    if (era === undefined) return rejection;
    const begun = performance.now();
    const answer = await call(url);
    breaker.ended(era, answer, performance.now() - begun);
    return replyTo(id, answer);
  };
};

async function call(url) {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), limits.timeoutMs);
  try {
    const response = await fetch(url, { signal: impatience.signal });
    clearTimeout(timer);
    const { price } = await response.json();
    return { status: response.status === 503 ? 502 : response.status, price };
  } catch {
    return { status: impatience.signal.aborted ? 504 : 502 };
  }
}

serve(guard(), guard());
