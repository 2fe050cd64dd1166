import {
  allFailRate,
  allMustFail,
  asksWithinMs,
  healthyMs,
  lateCallMs,
  lateFailures,
  longWindowMs,
  partlySlow,
  patientMs,
  slowCallMs,
  stuckMs,
  usualRate,
  type Limits,
} from '../contract.js';
import { isOpen, untilOpen } from './opening.js';
import { playParts, type Part } from './parts.js';
import { down, quote, Stand, unknownHere, type First, type Surroundings } from './stand.js';

/** Twice as many: the half-open moment is to meet a crowd. */
const crowd = 200;
/** So many open it within some dozen milliseconds. */
const rush = 300;
/** All at one moment, as it becomes half-open. */
const atOnce = { rate: 4_000, forMs: 10 };

/** Five programs; each opens for a reason of its own. */
export async function playTrips(around: Surroundings, limits: Limits): Promise<void> {
  const mixed = new Mixed([healthyMs, healthyMs, lateCallMs(limits), stuckMs(limits)]);
  const failures = new Mixed([healthyMs, healthyMs, stuckMs(limits)]);
  const partly = new PartlySlow(limits);
  const { openMs } = lateFailures(limits);
  const late: Part = {
    open: () => Stand.open(around, 'late', mixed.first),
    play: (stand) => comeLate(around, stand, limits),
  };
  const lateFails: Part = {
    open: () =>
      Stand.open(around, 'late-failures', { ...failures.first, env: { PLAN_OPEN_MS: openMs } }),
    play: (stand) => failLate(around, stand, failures, limits),
  };
  const slow: Part = {
    open: () => Stand.open(around, 'slow', partly.first),
    play: (stand) => beSlow(around, stand, partly, limits),
  };
  const probes: Part = {
    open: () =>
      Stand.open(around, 'probes', { quotes: down, env: { PLAN_WINDOW_MS: longWindowMs } }),
    play: (stand) => beTried(around, stand, limits),
  };
  const unknown: Part = {
    open: () =>
      Stand.open(around, 'unknown', {
        ...{ quotes: down, answer: unknownHere },
        env: { PLAN_FAIL_PERCENT: allMustFail },
      }),
    play: (stand) => notBeThere(around, stand, limits),
  };
  // What is to be late must not be too late: few at once.
  await playParts(around, [
    [late, lateFails],
    [slow, probes, unknown],
  ]);
}

/** Few fail and few are slow; then all are slow, and say that there is no such quote. */
class PartlySlow {
  readonly first: First;
  #isOver = false;

  constructor(limits: Limits) {
    const { windowMs, minCalls, failPercent, each, failsAt, slowAt } = partlySlow;
    const latencyMs = Array.from({ length: each }, (_, n) =>
      n === slowAt ? slowCallMs(limits) : healthyMs,
    );
    this.first = {
      quotes: { name: 'partly-slow', latencyMs },
      answer: (call) => {
        if (this.#isOver) return unknownHere();
        return call.n % each === failsAt ? unavailable : quote(call);
      },
      env: { PLAN_WINDOW_MS: windowMs, PLAN_MIN_CALLS: minCalls, PLAN_FAIL_PERCENT: failPercent },
    };
  }

  over(): void {
    this.#isOver = true;
  }
}

async function beSlow(
  { lab }: Surroundings,
  stand: Stand,
  partly: PartlySlow,
  limits: Limits,
): Promise<void> {
  const slowMs = slowCallMs(limits);
  const forMs = 2 * partlySlow.windowMs + limits.openMs + slowMs + 150;
  await Promise.all([
    stand.ask(usualRate, forMs),
    stand.pulse(forMs),
    lab.until('the opening', isOpen(stand, partlySlow), forMs).then(() => {
      partly.over();
      stand.quotes.become({ name: 'slow', latencyMs: slowMs });
    }),
  ]);
}

/**
 * A dependency of which, in turn, two calls fail at once and the others come to an end only when that
 * has opened it: the last of them were sent just before.
 */
class Mixed {
  readonly first: First;
  #isOver = false;

  constructor(latencyMs: readonly number[]) {
    const isQuick = (n: number): boolean => latencyMs[n % latencyMs.length] === healthyMs;
    this.first = {
      quotes: { name: 'late', latencyMs },
      answer: (call) => (!this.#isOver && isQuick(call.n) ? unavailable : quote(call)),
    };
  }

  over(): void {
    this.#isOver = true;
  }
}

const unavailable = { status: 503, body: { error: 'unavailable' } };

/** Some calls are on their way as others open it: they end when it is open. */
async function comeLate({ lab }: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  const forMs = limits.openMs + asksWithinMs + 400;
  await Promise.all([
    stand.ask(rush, forMs),
    stand.pulse(forMs),
    lab.until('the opening', isOpen(stand, limits), forMs).then(() => stand.quotes.become(down)),
  ]);
}

/** They time out while others try it, and the dependency is well. */
async function failLate(
  { lab }: Surroundings,
  stand: Stand,
  failures: Mixed,
  limits: Limits,
): Promise<void> {
  const { openMs, probeMs } = lateFailures(limits);
  const forMs = openMs + limits.closeAfter * probeMs + 400;
  await Promise.all([
    stand.ask(rush, forMs),
    lab.until('the opening', isOpen(stand, limits), forMs).then(() => {
      failures.over();
      stand.quotes.become({ name: 'patient', latencyMs: probeMs });
    }),
  ]);
}

/** Once it is open the dependency is well, takes its time, and finds how many come to try it. */
async function beTried(around: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  await untilOpen(around, stand, limits);
  stand.quotes.become({ name: 'patient', latencyMs: patientMs(limits) });
  const due = performance.now() + limits.openMs;
  await around.lab.until('the open time', () => performance.now() >= due, 2 * limits.openMs);
  await stand.ask(atOnce.rate, atOnce.forMs);
  await stand.ask(crowd, limits.closeAfter * limits.slowMs + 400);
}

/** All fail, as all have to; then the dependency is well again, and has no such quote. */
async function notBeThere({ lab }: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  const forMs = 2 * limits.windowMs + limits.openMs + 400;
  await Promise.all([
    stand.ask(allFailRate(limits), forMs),
    stand.pulse(forMs),
    lab
      .until('the opening', isOpen(stand, limits), forMs)
      .then(() => stand.quotes.become({ name: 'patient', latencyMs: healthyMs })),
  ]);
}
