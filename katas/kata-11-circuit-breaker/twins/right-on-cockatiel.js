import { BrokenCircuitError, circuitBreaker, handleAll, SamplingBreaker } from 'cockatiel';
import { serveGuarded } from './library.mjs';
import { limits } from './twin.mjs';

const { windowMs, minCalls, failPercent, openMs } = limits;

/** Its window gives up one bucket for each call that comes: after a pause all of them are old. */
class Window {
  #inner = this.#fresh();
  #last = 0;

  #fresh() {
    return new SamplingBreaker({
      // Above it, not at it.
      threshold: failPercent / 100 - 0.0001,
      duration: windowMs,
      minimumRps: (1000 * minCalls) / windowMs,
    });
  }

  #now() {
    const now = performance.now();
    if (now - this.#last > windowMs) this.#inner = this.#fresh();
    this.#last = now;
    return this.#inner;
  }

  success = (state) => this.#now().success(state);
  failure = (state) => this.#now().failure(state);
}

// On cockatiel: who comes while it is half-open waits for what the probe comes to.
serveGuarded((call) => {
  const policy = circuitBreaker(handleAll, { halfOpenAfter: openMs, breaker: new Window() });
  return {
    fire: (asked) => policy.execute(() => call(asked)),
    isRejection: (error) => error instanceof BrokenCircuitError,
    onChange(changed) {
      policy.onBreak(changed);
      policy.onReset(changed);
    },
  };
});
