import {
  countsIn,
  highestIn,
  stepOf,
  stepsOver,
  type LevelTrack,
  type StateTrack,
  type Steps,
  type Text,
  type Tracks,
} from '../../../src/kata/index.js';
import { hasBreaker, type Limits, type OutagePhase } from '../contract.js';
import { isLive, isSpared, tookMs, wasAsked, type Request, type Story } from '../story.js';

const steps = 52;

/** The outage from its first request to its last: what came to the dependency, and what the clients got. */
export function outageTracks(story: Story, limits: Limits, strategy: string): Tracks | undefined {
  const all = story.of('outage');
  const [first, last] = [all[0], all.at(-1)];
  const phases = story.phases('outage');
  if (!first || !last || phases.length === 0) return undefined;
  const fromMs = first.start / 1000;
  const within = stepsOver(fromMs, Math.max(fromMs + 1, last.start / 1000), steps);
  const inSteps = (which: (one: Request) => boolean): number[] =>
    countsIn(
      within,
      all.filter(which).map(({ start }) => start / 1000),
    );
  const counted = (name: Text, which: (one: Request) => boolean): LevelTrack => ({
    ...{ name, together: 'sum' },
    levels: inSteps(which),
  });
  const calls = all.flatMap((one) => one.calls.map(({ at }) => at / 1000));
  const latency = all.map((one) => ({
    ms: one.start / 1000,
    value: Math.min(mostMs, tookMs(one)),
  }));
  return {
    title: {
      en: 'The outage, by when the clients asked',
      es: 'La indisponibilidad, por cuándo preguntaron los clientes',
    },
    stepMs: within.stepMs,
    rows: [
      { name: names.calls, levels: countsIn(within, calls), together: 'sum' },
      counted(names.live, isLive),
      counted(names.failed, (one) => wasAsked(one) && !isLive(one)),
      counted(names.spared, isSpared),
      { name: names.latency, levels: highestIn(within, latency), together: 'highest', unit: 'ms' },
      ...(hasBreaker(strategy) ? [breakerOf(all, within, limits)] : []),
    ],
    phases: phases.map(({ name, from }) => ({
      name: phaseNames[name as OutagePhase],
      from: Math.max(0, stepOf(within, from / 1000)),
    })),
  };
}

/** Longer than that nobody is told that he waited. */
const mostMs = 10_000;

const names = {
  calls: { en: 'calls to it', es: 'llamadas' },
  live: { en: 'live', es: 'live' },
  failed: { en: 'failed', es: 'fallidas' },
  spared: { en: 'spared', es: 'ahorradas' },
  latency: { en: 'longest', es: 'la más larga' },
  breaker: { en: 'breaker', es: 'breaker' },
} as const satisfies Readonly<Record<string, Text>>;

const phaseNames: Readonly<Record<OutagePhase, Text>> = {
  healthy: { en: 'well', es: 'bien' },
  failing: { en: 'half fail', es: 'falla la mitad' },
  down: { en: 'down', es: 'caído' },
  stuck: { en: 'stuck', es: 'atascado' },
  recovered: { en: 'well', es: 'bien' },
};

const legend: StateTrack['legend'] = [
  { sign: '─', name: { en: 'closed', es: 'cerrado' } },
  { sign: '▒', name: { en: 'half-open', es: 'medio abierto' } },
  { sign: '█', name: { en: 'open', es: 'abierto' } },
];

/**
 * As far as it can be seen from outside: open where it rejects, half-open where it does both or
 * nothing was live since it rejected, else closed.
 */
function breakerOf(all: readonly Request[], within: Steps, { probes }: Limits): StateTrack {
  const states = Array.from({ length: within.steps }, () => 0);
  const some = Array.from({ length: within.steps }, (): Request[] => []);
  for (const one of all) some[stepOf(within, one.start / 1000)]?.push(one);
  let wasOpen = false;
  for (const [at, requests] of some.entries()) {
    const spared = requests.filter(isSpared).length;
    const asked = requests.filter(wasAsked).length;
    if (requests.length === 0) states[at] = states[at - 1] ?? 0;
    else if (spared > 0) states[at] = wasOpen && asked > 0 && asked <= 2 * probes ? 1 : 2;
    else if (wasOpen && !requests.some(isLive)) states[at] = 1;
    wasOpen = (states[at] ?? 0) > 0;
  }
  return { name: names.breaker, states, legend };
}
