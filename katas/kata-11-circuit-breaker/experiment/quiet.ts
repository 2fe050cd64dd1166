import { Together } from '../../../src/kata/index.js';
import {
  healthyMs,
  healthyScene,
  lowVolume,
  neighboursRate,
  usualRate,
  type Limits,
} from '../contract.js';
import { playParts, type Part } from './parts.js';
import { down, pause, Stand, unknownHere, well, type Surroundings } from './stand.js';

/** Four programs, and none of them has a reason to reject what it should let through. */
export async function playQuiet(around: Surroundings, limits: Limits): Promise<void> {
  const { windowMs } = limits;
  const seldom = lowVolume(limits);
  const few: Part = {
    open: () =>
      Stand.open(around, 'healthy', {
        env: {
          PLAN_WINDOW_MS: healthyScene.windowMs,
          PLAN_MIN_CALLS: healthyScene.minCalls,
          PLAN_FAIL_PERCENT: healthyScene.failPercent,
        },
      }),
    play: failBrieflyAfterLong,
  };
  const rarely: Part = {
    open: () =>
      Stand.open(around, 'low-volume', {
        quotes: { name: 'failing-seldom-asked', latencyMs: healthyMs, failing: 1 },
        env: { PLAN_MIN_CALLS: seldom.minCalls },
      }),
    play: (stand) => failRarely(around, stand, limits),
  };
  const mistaken: Part = {
    open: () => Stand.open(around, 'client-errors', { answer: unknownHere }),
    play: (stand) => stand.ask(usualRate, 800).then(() => stand.endAmidCalls()),
  };
  const beside: Part = {
    open: () =>
      Stand.open(around, 'neighbours', {
        quotes: { name: 'neighbour-away', refuses: true },
        rates: well,
      }),
    play: async (stand) => {
      const both = stand.ask(neighboursRate, 2.5 * windowMs, { kinds: ['quotes', 'rates'] });
      await Promise.all([both, stand.pulse(2.5 * windowMs)]);
    },
  };
  await playParts(around, [[few, rarely, mistaken, beside]]);
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
    // What a slow machine sends only after the end is not to fail as well.
    begins.begun.then(() => stand.quotes.follow([...phases, { ...well, lastsMs: 1 }])),
    stand.ask(rate, forMs, { again: true, begins, users: healthyScene.users }),
  ]);
}

/** Then nobody asks until all that is out of the window, and at once nearly as many as it takes. */
async function failRarely({ lab }: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  const { rate: seldom, atOnce } = lowVolume(limits);
  await stand.ask(seldom, 1.6 * limits.windowMs);
  await pause(lab, 1.5 * limits.windowMs);
  await stand.ask(atOnce.rate, atOnce.forMs);
}
