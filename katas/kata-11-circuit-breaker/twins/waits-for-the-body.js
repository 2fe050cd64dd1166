import { guard, limits, serve } from './twin.mjs';

// The time-out ends with the head of the answer, as where fetch is raced and its body is not.
async function calls(url) {
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

const waiting = () => guard(undefined, { calls });
serve(waiting(), waiting());
