import { healthyMs, type Limits } from '../contract.js';
import { Stand, unknownHere, well, type Surroundings } from './stand.js';

const rate = 100;
/** One call in so many fails: far below any threshold, and many in a window. */
const failsEach = 12;
/** All calls fail, and at no time have more than half as many come in a window as it takes to open. */
const seldom = ({ minCalls, windowMs }: Limits): number => (500 * minCalls) / windowMs;

/**
 * Four programs side by side, and none of them has a reason to reject what it should let through.
 * All are there before any is asked: a program that starts is a load of its own.
 */
export async function playQuiet(around: Surroundings, limits: Limits): Promise<void> {
  const { windowMs } = limits;
  const failing = { latencyMs: healthyMs, failing: 1 };
  const [few, rarely, mistaken, beside] = await Promise.all([
    Stand.open(around, 'healthy', {
      quotes: { name: 'few-failures', latencyMs: healthyMs, failsEach },
    }),
    Stand.open(around, 'low-volume', { quotes: { name: 'failing-seldom-asked', ...failing } }),
    Stand.open(around, 'client-errors', { answer: unknownHere }),
    Stand.open(around, 'neighbours', {
      quotes: { name: 'neighbour-down', ...failing },
      rates: well,
    }),
  ]);
  await Promise.all([
    few.ask(rate, 2.5 * windowMs),
    rarely.ask(seldom(limits), 3.2 * windowMs),
    mistaken.ask(rate, 800),
    beside.ask(1.5 * rate, 2.5 * windowMs, ['quotes', 'rates']),
  ]);
  await Promise.all([few, rarely, mistaken, beside].map((stand) => stand.close()));
}
