import {
  asksWithinMs,
  healthyMs,
  lateCallMs,
  lateFailures,
  patientMs,
  slowCallMs,
  stuckMs,
  type Limits,
} from '../contract.js';
import { quote, Stand, unknownHere, well, type First, type Surroundings } from './stand.js';

const rate = 100;
/** Twice as many: the half-open moment is to meet a crowd. */
const crowd = 200;
/** So many open it within some dozen milliseconds. */
const rush = 300;
/** All at one moment, as it becomes half-open. */
const atOnce = { rate: 4_000, forMs: 10 };
/** No call for so long, while a crowd asks: it is open. */
const idleMs = 80;

const down = { name: 'down', latencyMs: healthyMs, failing: 1 };

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
    Stand.open(around, 'unknown', { quotes: down, answer: unknownHere }),
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
    lab.until('no more calls', isIdle(stand), forMs).then(() => stand.quotes.become(down)),
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
    lab.until('no more calls', isIdle(stand), forMs).then(() => {
      failures.over();
      stand.quotes.become({ name: 'patient', latencyMs: probeMs });
    }),
  ]);
}

/** Once it is open the dependency is well, takes its time, and finds how many come to try it. */
async function beTried(around: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  await open(around, stand);
  stand.quotes.become({ name: 'patient', latencyMs: patientMs(limits) });
  const due = performance.now() + limits.openMs;
  await around.lab.until('the open time', () => performance.now() >= due, 2 * limits.openMs);
  await stand.ask(atOnce.rate, atOnce.forMs);
  await stand.ask(crowd, limits.closeAfter * limits.slowMs + 400);
}

/** The dependency is well again, and has no such quote. */
async function notBeThere(around: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  await open(around, stand);
  stand.quotes.become({ name: 'patient', latencyMs: healthyMs });
  await stand.ask(rate, limits.openMs + 400);
}

/** Asked by a crowd until it lets nobody through. */
async function open({ lab }: Surroundings, stand: Stand): Promise<void> {
  const forMs = 300;
  await Promise.all([stand.ask(crowd, forMs), lab.until('no more calls', isIdle(stand), forMs)]);
}

function isIdle({ quotes }: Stand): () => boolean {
  let [calls, since] = [0, performance.now()];
  return () => {
    const now = performance.now();
    if (quotes.calls !== calls) [calls, since] = [quotes.calls, now];
    return calls > 0 && now - since >= idleMs;
  };
}
