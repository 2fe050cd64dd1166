import { call, isServerError, limits, rejection, replyTo, serve } from './twin.mjs';

/** What it is never told, a library cannot take for what it is not. */
const never = new Promise(() => undefined);

/**
 * On a library that knows neither slow calls nor late answers: the former are handed on as failed, and
 * answers to calls from before it opened or closed not at all. Its client is told by whoever made the call.
 * @param make of a call that is guarded: `fire` makes it or throws, `onChange` tells of opening and closing
 */
export function serveGuarded(make) {
  const guard = () => {
    let changes = 0;
    const breaker = make(async ({ url, tell }) => {
      const [sent, begun] = [changes, performance.now()];
      const answer = await call(url);
      tell(answer);
      if (sent !== changes) await never;
      const isSlow = performance.now() - begun >= limits.slowMs;
      if (isSlow || isServerError(answer.status)) throw new Error(`${answer.status}`);
    });
    breaker.onChange(() => (changes += 1));
    return (id, url) =>
      new Promise((resolve) => {
        const tell = (answer) => resolve(replyTo(id, answer));
        breaker.fire({ url, tell }).catch((error) => {
          if (breaker.isRejection(error)) resolve(rejection);
        });
      });
  };
  serve(guard(), guard());
}
