import { healthyMs, healthyScene, lowVolume, type Limits } from '../contract.js';
import { Stand, unknownHere, well, type Surroundings } from './stand.js';

const rate = 100;

/**
 * Four programs side by side, and none of them has a reason to reject what it should let through.
 * All are there before any is asked: a program that starts is a load of its own.
 */
export async function playQuiet(around: Surroundings, limits: Limits): Promise<void> {
  const { windowMs } = limits;
  const { failsEach, failPercent } = healthyScene;
  const seldom = lowVolume(limits);
  const [few, rarely, mistaken, beside] = await Promise.all([
    Stand.open(around, 'healthy', {
      quotes: { name: 'few-failures', latencyMs: healthyMs, failsEach },
      env: { PLAN_FAIL_PERCENT: failPercent },
    }),
    Stand.open(around, 'low-volume', {
      quotes: { name: 'failing-seldom-asked', latencyMs: healthyMs, failing: 1 },
      env: { PLAN_MIN_CALLS: seldom.minCalls },
    }),
    Stand.open(around, 'client-errors', { answer: unknownHere }),
    Stand.open(around, 'neighbours', {
      quotes: { name: 'neighbour-away', refuses: true },
      rates: well,
    }),
  ]);
  await Promise.all([
    few.ask(rate, 2.5 * windowMs),
    rarely.ask(seldom.rate, 3.2 * windowMs),
    mistaken.ask(rate, 800),
    beside.ask(1.5 * rate, 2.5 * windowMs, { kinds: ['quotes', 'rates'] }),
    beside.pulse(2.5 * windowMs),
  ]);
  await Promise.all([few, rarely, mistaken, beside].map((stand) => stand.close()));
}
