import { Together } from '../../../src/kata/index.js';
import {
  healthyMs,
  healthyScene,
  lowVolume,
  neighboursRate,
  usualRate,
  type Limits,
} from '../contract.js';
import { down, pause, Stand, unknownHere, well, type Surroundings } from './stand.js';

/**
 * Four programs side by side, and none of them has a reason to reject what it should let through.
 * All are there before any is asked: a program that starts is a load of its own.
 */
export async function playQuiet(around: Surroundings, limits: Limits): Promise<void> {
  const { windowMs } = limits;
  const seldom = lowVolume(limits);
  const [few, rarely, mistaken, beside] = await Promise.all([
    Stand.open(around, 'healthy', {
      env: {
        PLAN_WINDOW_MS: healthyScene.windowMs,
        PLAN_MIN_CALLS: healthyScene.minCalls,
        PLAN_FAIL_PERCENT: healthyScene.failPercent,
      },
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
    failBrieflyAfterLong(few),
    failRarely(around, rarely, limits),
    mistaken.ask(usualRate, 800).then(() => mistaken.endAmidCalls()),
    beside.ask(neighboursRate, 2.5 * windowMs, { kinds: ['quotes', 'rates'] }),
    beside.pulse(2.5 * windowMs),
  ]);
  await Promise.all([few, rarely, mistaken, beside].map((stand) => stand.close()));
}

/** Failures come in bunches: of any window they are too few, of its beginning alone too many. */
async function failBrieflyAfterLong(stand: Stand): Promise<void> {
  const { rate, wellForMs, failingForMs, times } = healthyScene;
  const phases = Array.from({ length: times }, () => [
    { ...well, lastsMs: wellForMs },
    { ...down, lastsMs: failingForMs },
  ]).flat();
  const forMs = times * (wellForMs + failingForMs);
  const begins = new Together(1);
  await Promise.all([
    begins.begun.then(() => stand.quotes.follow(phases)),
    stand.ask(rate, forMs, { again: true, begins }),
  ]);
}

/** Then nobody asks until all that is out of the window, and at once nearly as many as it takes. */
async function failRarely({ lab }: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  const { rate: seldom, atOnce } = lowVolume(limits);
  await stand.ask(seldom, 1.6 * limits.windowMs);
  await pause(lab, 1.5 * limits.windowMs);
  await stand.ask(atOnce.rate, atOnce.forMs);
}
