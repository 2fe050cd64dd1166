import type { Reply } from '../../kit/node/serve.js';
import { answerTo, fallback, rejected } from './answers.js';
import { Breaker, type BreakerOptions } from './breaker.js';
import { RetryBudget } from './budget.js';
import { isFailure, type Ask, type Outcome } from './dependency.js';

export interface Options extends BreakerOptions {
  readonly timeoutMs: number;
  /** A call that took as long counts as failed, whatever it said. */
  readonly slowMs: number;
}

/** Answers requests about one dependency: each has a breaker and a budget of its own. */
export type Strategy = (ask: Ask, options: Options) => (id: string) => Promise<Reply>;

const none: Strategy = (ask) => async (id) => answerTo(id, await ask(id));

const timeout: Strategy =
  (ask, { timeoutMs }) =>
  async (id) =>
    answerTo(id, await ask(id, timeoutMs));

const attempts = 3;

const timeoutAndRetry: Strategy =
  (ask, { timeoutMs }) =>
  async (id) => {
    let outcome: Outcome = { kind: 'failed' };
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      outcome = await ask(id, timeoutMs);
      if (!isFailure(outcome)) break;
    }
    return answerTo(id, outcome);
  };

/** One more attempt at most, within the same time, and for few of the requests. */
const retryBudget: Strategy = (ask, { timeoutMs }) => {
  const budget = new RetryBudget();
  return async (id) => {
    budget.earn();
    const begun = performance.now();
    const outcome = await ask(id, timeoutMs);
    if (outcome.kind !== 'failed' || !budget.spend()) return answerTo(id, outcome);
    const leftMs = Math.floor(timeoutMs - (performance.now() - begun));
    return answerTo(id, leftMs > 0 ? await ask(id, leftMs) : outcome);
  };
};

const breaker: Strategy = (ask, options) => {
  const guarded = guard(ask, options);
  return async (id) => {
    const outcome = await guarded.ask(id);
    return outcome ? answerTo(id, outcome) : rejected(guarded.waitMs());
  };
};

/** Prices that were live once; no more than these are kept. */
const mostKept = 10_000;

const breakerWithFallback: Strategy = (ask, options) => {
  const guarded = guard(ask, options);
  const known = new Map<string, number>();
  return async (id) => {
    const outcome = await guarded.ask(id);
    if (!outcome || isFailure(outcome)) return fallback(id, known.get(id) ?? null);
    if (outcome.kind === 'live') {
      if (known.size >= mostKept) known.clear();
      known.set(id, outcome.price);
    }
    return answerTo(id, outcome);
  };
};

/** @returns gives undefined where the call was not made */
function guard(
  ask: Ask,
  options: Options,
): { ask: (id: string) => Promise<Outcome | undefined>; waitMs: () => number } {
  const breaker = new Breaker(options);
  return {
    waitMs: () => breaker.waitMs,
    async ask(id) {
      const permit = breaker.admit();
      if (!permit) return undefined;
      const begun = performance.now();
      const outcome = await ask(id, options.timeoutMs);
      permit(isFailure(outcome) || performance.now() - begun >= options.slowMs);
      return outcome;
    },
  };
}

export const strategies = new Map<string, Strategy>(
  Object.entries({
    none,
    timeout,
    'timeout-and-retry': timeoutAndRetry,
    'retry-budget': retryBudget,
    breaker,
    'breaker-with-fallback': breakerWithFallback,
  }),
);
