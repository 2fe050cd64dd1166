import {
  allFailRate,
  allMustFail,
  asksWithinMs,
  healthyMs,
  lateCallMs,
  lateFailures,
  patientMs,
  slowCallMs,
  stuckMs,
  type Limits,
} from '../contract.js';
import { isIdle, untilOpen } from './opening.js';
import { down, quote, Stand, unknownHere, well, type First, type Surroundings } from './stand.js';

const rate = 100;
/** Twice as many: the half-open moment is to meet a crowd. */
const crowd = 200;
/** So many open it within some dozen milliseconds. */
const rush = 300;
/** All at one moment, as it becomes half-open. */
const atOnce = { rate: 4_000, forMs: 10 };

/** Five programs, all there before any is asked; each opens for a reason of its own. */
export async function playTrips(around: Surroundings, limits: Limits): Promise<void> {
  const late = new Mixed([healthyMs, healthyMs, lateCallMs(limits), stuckMs(limits)]);
  const failures = new Mixed([healthyMs, healthyMs, stuckMs(limits)]);
  const stands = await Promise.all([
    Stand.open(around, 'late', late.first),
    Stand.open(around, 'late-failures', {
      ...failures.first,
      env: { PLAN_OPEN_MS: lateFailures(limits).openMs },
    }),
    Stand.open(around, 'slow', { quotes: well }),
    Stand.open(around, 'probes', { quotes: down }),
    Stand.open(around, 'unknown', {
      ...{ quotes: down, answer: unknownHere },
      env: { PLAN_FAIL_PERCENT: allMustFail },
    }),
  ]);
  const [first, second, slow, probes, unknown] = stands;
  // Alone: what is to be late must not be too late.
  await Promise.all([comeLate(around, first, limits), failLate(around, second, failures, limits)]);
  await Promise.all([
    beSlow(slow, limits),
    beTried(around, probes, limits),
    notBeThere(around, unknown, limits),
  ]);
  await Promise.all(stands.map((stand) => stand.close()));
}

async function beSlow(stand: Stand, limits: Limits): Promise<void> {
  await stand.ask(rate, 150);
  stand.quotes.become({ name: 'slow', latencyMs: slowCallMs(limits) });
  const forMs = 2 * limits.windowMs + slowCallMs(limits) + 150;
  await Promise.all([stand.ask(rate, forMs), stand.pulse(forMs)]);
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
    lab
      .until('no more calls', isIdle(stand, limits.minCalls), forMs)
      .then(() => stand.quotes.become(down)),
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
    lab.until('no more calls', isIdle(stand, limits.minCalls), forMs).then(() => {
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
      .until('no more calls', isIdle(stand, limits.minCalls), forMs)
      .then(() => stand.quotes.become({ name: 'patient', latencyMs: healthyMs })),
  ]);
}
