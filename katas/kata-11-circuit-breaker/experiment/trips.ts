import { healthyMs, lateCallMs, patientMs, slowCallMs, type Limits } from '../contract.js';
import { Stand, well, type Surroundings } from './stand.js';

const rate = 100;
/** Twice as many: the half-open moment is to meet a crowd. */
const crowd = 200;
/** So many at once open it within some milliseconds. */
const rush = { rate: 1_000, forMs: 60 };
const lateCalls = 3;
/** No call for so long, while a crowd asks: it is open. */
const idleMs = 80;

const down = { name: 'down', latencyMs: healthyMs, failing: 1 };

/** Three programs, all there before any is asked; each opens for a reason of its own. */
export async function playTrips(around: Surroundings, limits: Limits): Promise<void> {
  const late = { name: 'late', latencyMs: lateCallMs(limits) };
  const stands = await Promise.all([
    Stand.open(around, 'late', { quotes: late }),
    Stand.open(around, 'slow', { quotes: well }),
    Stand.open(around, 'probes', { quotes: down }),
  ]);
  const [first, second, third] = stands;
  // Alone: what is to be late must not be too late.
  await comeLate(around, first, limits);
  await Promise.all([beSlow(second, limits), beTried(around, third, limits)]);
  await Promise.all(stands.map((stand) => stand.close()));
}

async function beSlow(stand: Stand, limits: Limits): Promise<void> {
  await stand.ask(rate, 150);
  stand.quotes.become({ name: 'slow', latencyMs: slowCallMs(limits) });
  const forMs = 2 * limits.windowMs + slowCallMs(limits) + 150;
  await Promise.all([stand.ask(rate, forMs), stand.pulse(forMs)]);
}

/** Some good answers are on their way as everything else fails: they come when it is open. */
async function comeLate({ lab }: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  const early = stand.ask(rush.rate, rush.forMs);
  await lab.until('the calls whose answers will be late', () => stand.quotes.calls >= lateCalls);
  stand.quotes.become(down);
  await Promise.all([early, stand.ask(crowd, limits.openMs + 200)]);
}

/** Once it is open the dependency is well, takes its time, and finds how many come to try it. */
async function beTried({ lab }: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  const forMs = 2 * limits.openMs + 800;
  await Promise.all([
    stand.ask(crowd, forMs),
    lab.until('no more calls', isIdle(stand), forMs).then(() => {
      stand.quotes.become({ name: 'patient', latencyMs: patientMs(limits) });
    }),
  ]);
}

function isIdle({ quotes }: Stand): () => boolean {
  let [calls, since] = [0, performance.now()];
  return () => {
    const now = performance.now();
    if (quotes.calls !== calls) [calls, since] = [quotes.calls, now];
    return calls > 0 && now - since >= idleMs;
  };
}
