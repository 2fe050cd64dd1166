import {
  countsIn,
  highestIn,
  stepOf,
  stepsOver,
  type LevelTrack,
  type Steps,
  type Text,
  type Tracks,
} from '../../../src/kata/index.js';
import { lengthOfAct } from '../contract.js';
import { parts, type Part } from '../notes.js';
import { isInTime, isRefused, tookMs, type Request, type Story } from '../story.js';

const steps = 52;

/** The spike, which all strategies play: what was asked, what it came to, and for whom the workers worked. */
export function spikeTracks(story: Story): Tracks | undefined {
  const all = story.of('spike');
  const fromMs = story.began('spike', 'quiet') / 1000;
  if (all.length === 0 || !Number.isFinite(fromMs)) return undefined;
  const within = stepsOver(fromMs, fromMs + lengthOfAct('spike'), steps);
  const counted = (name: Text, which: (one: Request) => boolean): LevelTrack => ({
    ...{ name, together: 'sum' },
    levels: countsIn(
      within,
      all.filter(which).map(({ start }) => start / 1000),
    ),
  });
  const latency = all.map((one) => ({ ms: one.start / 1000, value: tookMs(one) }));
  return {
    title: { en: 'The spike, by when the clients asked', es: 'El pico, por cuándo se pidió' },
    stepMs: within.stepMs,
    rows: [
      counted(names.asked, () => true),
      counted(names.inTime, isInTime),
      counted(names.refused, isRefused),
      counted(names.inVain, (one) => !isInTime(one) && !isRefused(one)),
      working(names.workers, all, within),
      working(
        names.forNobody,
        all.filter((one) => !isInTime(one)),
        within,
      ),
      { name: names.latency, levels: highestIn(within, latency), together: 'highest', unit: 'ms' },
    ],
    phases: parts.flatMap((part) => {
      const at = story.began('spike', part) / 1000;
      return Number.isFinite(at)
        ? [{ name: partNames[part], from: Math.max(0, stepOf(within, at)) }]
        : [];
    }),
  };
}

/** How many workers on average worked for these in each step. */
function working(name: Text, some: readonly Request[], within: Steps): LevelTrack {
  const { fromMs, stepMs, steps: count } = within;
  const levels = Array.from({ length: count }, () => 0);
  for (const { begun, end } of some.flatMap(({ calls }) => calls)) {
    if (!Number.isFinite(begun)) continue;
    const last = Math.min(count - 1, stepOf(within, end / 1000));
    for (let at = Math.max(0, stepOf(within, begun / 1000)); at <= last; at += 1) {
      const [from, until] = [fromMs + at * stepMs, fromMs + (at + 1) * stepMs];
      const ms = Math.min(until, end / 1000) - Math.max(from, begun / 1000);
      levels[at] = (levels[at] ?? 0) + Math.max(0, ms) / stepMs;
    }
  }
  return { name, levels, together: 'highest' };
}

const names = {
  asked: { en: 'asked', es: 'piden' },
  inTime: { en: 'in time', es: 'a tiempo' },
  refused: { en: 'refused', es: 'rechazadas' },
  inVain: { en: 'in vain', es: 'en balde' },
  workers: { en: 'workers busy', es: 'trabajando' },
  forNobody: { en: 'for nobody', es: 'para nadie' },
  latency: { en: 'longest', es: 'la más larga' },
} as const satisfies Readonly<Record<string, Text>>;

const partNames: Readonly<Record<Part, Text>> = {
  quiet: { en: 'quiet', es: 'calma' },
  trouble: { en: 'spike', es: 'pico' },
  after: { en: 'after', es: 'después' },
};
