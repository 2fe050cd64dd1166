import { limits, serveBoth } from './twin.mjs';

// A share of those that fail and a share of those that are slow, each with the threshold to itself.
serveBoth((breaker) => {
  let slow = [];
  const { become, ended } = breaker;
  breaker.become = (state) => {
    slow = [];
    become.call(breaker, state);
  };
  breaker.ended = (era, answer, tookMs) => {
    const isSlow = answer.status < 500 && tookMs >= limits.slowMs;
    if (breaker.state !== 'closed' || era !== breaker.era)
      return ended.call(breaker, era, answer, tookMs);
    const now = performance.now();
    slow = [...slow, { at: now, isSlow }].filter(({ at }) => at > now - limits.windowMs);
    ended.call(breaker, era, isSlow ? { status: 200 } : answer, 0);
    const share = (100 * slow.filter((one) => one.isSlow).length) / slow.length;
    if (breaker.state === 'closed' && breaker.isEnough(slow) && breaker.isTooMuch(share))
      breaker.open();
  };
});
