import type { Acts } from '../../src/kata/index.js';

/** What the options say; milliseconds, percent, calls. */
export interface Limits {
  readonly windowMs: number;
  readonly minCalls: number;
  readonly failPercent: number;
  readonly openMs: number;
  readonly probes: number;
  readonly closeAfter: number;
  readonly timeoutMs: number;
  readonly slowMs: number;
  readonly rate: number;
}

/** Strategies without a breaker: of them only the outage has something to tell. */
const without = ['none', 'timeout', 'timeout-and-retry', 'retry-budget'];

/** A learner's own program has one, whatever it calls its way. */
export const hasBreaker = (strategy: string): boolean => !without.includes(strategy);

/** The outage compares all; one breaker shows the rules. */
export const actsOfLesson = (strategy: string): readonly string[] | undefined =>
  strategy === 'breaker' ? undefined : ['outage'];

/** What the program is asked for, and what it asks for in turn. */
export const kinds = ['quotes', 'rates'] as const;
export type Kind = (typeof kinds)[number];

/** The second dependency's address; UPSTREAM_URL is the first's. */
export const ratesVariable = 'RATES_URL';

/** Phases of the outage, in their order. */
export const outage = ['healthy', 'failing', 'down', 'stuck', 'recovered'] as const;
export type OutagePhase = (typeof outage)[number];

export const healthyMs = 5;
/** So late that nobody should wait for it. */
export const stuckMs = ({ timeoutMs }: Limits): number => 3 * timeoutMs;
/** Too slow, and still in time. */
export const slowCallMs = ({ slowMs, timeoutMs }: Limits): number => (slowMs + timeoutMs) / 2;
/** Of the answers to probes, in turn: none is slow, and the first comes long before the second. */
export const patientMs = ({ slowMs }: Limits): readonly number[] => [0.3 * slowMs, 0.7 * slowMs];
/**
 * Of six calls one fails and one is slow. Of twenty or more calls that follow each other at most a fifth
 * fail, which is below the threshold; both shares together are above it, also for a window of the calls
 * that began in it, of which the slow ones are known only when more than half of it has gone by.
 */
export const partlySlow = {
  ...{ windowMs: 500, minCalls: 20, failPercent: 21, each: 6 },
  // The slow ones end late: until then the others are fewer.
  failsAt: 5,
  slowAt: 2,
} as const;
/** Late for whoever has given up meanwhile, and not slow. */
export const lateCallMs = ({ slowMs }: Limits): number => 0.9 * slowMs;

/**
 * A window in which all goes well, and then many failures at once: fewer than the threshold of this
 * one program says, unless it forgets the window. Both together take one and a half windows, so that
 * windows that follow one another have a border at the one failures or at the other.
 */
export const healthyScene = {
  ...{ windowMs: 500, minCalls: 10, failPercent: 60 },
  ...{ rate: 200, wellForMs: 550, failingForMs: 200, times: 2 },
  // A program that is behind is asked less: what waits in it is heard of in another window than it is of.
  users: 10,
} as const;
/**
 * All calls fail, and at no time have as many come in a window as it takes to open: at first half as
 * many, all the while; after a pause nearly as many, at once.
 */
export const lowVolume = ({ minCalls, windowMs }: Limits) => ({
  minCalls: 2 * minCalls,
  rate: (1000 * minCalls) / windowMs,
  atOnce: { rate: 300, forMs: Math.floor(0.9 * 2 * minCalls) * (1000 / 300) },
});

/**
 * The open time ends just before calls from before it time out: they come while probes are under way
 * that take so long.
 */
export function lateFailures({ timeoutMs, slowMs }: Limits): { openMs: number; probeMs: number } {
  const probeMs = Math.round(0.6 * slowMs);
  return { openMs: Math.round(timeoutMs - probeMs / 2 - 20), probeMs };
}

/** A call that comes so long after its client was rejected is made for nobody. */
export const nobodyMs = 100;

/** Longer than whatever a scene lasts: what is not forgotten as the state changes is not forgotten. */
export const longWindowMs = 5_000;

/** So long calls are under way as a program is told to end. */
export const endingMs = 300;

/** Where it is not about slow calls, programs bear with what a busy machine does to quick ones. */
export const forbearing = { timeoutMs: 2_000, slowMs: 1_500 };

/** Of programs that have to be half-open soon, and more than once. */
export const shortOpenMs = 250;

/** Of the calls half-open, in turn: one fewer good than it takes, then one that fails; what comes beside is later. */
export const nearlyMs = ({ closeAfter, slowMs }: Limits): readonly number[] =>
  Array.from({ length: 50 }, (_, n) =>
    n < closeAfter - 1 ? healthyMs : n < closeAfter ? 40 : 0.9 * slowMs,
  );

/** Requests a second, where nothing else is said. */
export const usualRate = 100;
/** Of both kinds together, where one of two dependencies is down. */
export const neighboursRate = 1.5 * usualRate;

/** All calls fail, and exactly so many have to. */
export const allMustFail = 100;
/** Enough to have the least number of calls in half a window, and hardly two at once. */
export const allFailRate = ({ minCalls, windowMs }: Limits): number =>
  Math.max(60, (1500 * minCalls) / windowMs);

/** Of a probe that is to last, and not to be slow. */
export const patientProbeMs = ({ slowMs }: Limits): number => 0.7 * slowMs;

/** Clients that wait for a probe, and then hang up, milliseconds: it takes much longer. */
export const hangUpAfterMs = ({ slowMs }: Limits): number => 0.25 * slowMs;

/** So often they come, at most, until so many have hung up as good ones close it: it may have opened meanwhile. */
export const hangUpTimes = ({ closeAfter }: Limits): number => 2 * closeAfter + 1;

/** So many requests a second come for a service that hangs while another one is well. */
export const besideStuck = 600;

export function outageMs(strategy: string, limits: Limits): Readonly<Record<OutagePhase, number>> {
  const { windowMs, openMs } = limits;
  // Nothing opens: a moment of each tells as much.
  if (!hasBreaker(strategy))
    return { healthy: 400, failing: windowMs + 200, down: openMs, stuck: 700, recovered: 300 };
  return {
    healthy: 500,
    failing: 2 * windowMs + 250,
    down: 2 * openMs + 100,
    stuck: 800,
    recovered: recoversWithinMs(limits) + 250,
  };
}

/**
 * A probe may be on its way as the dependency recovers: it times out, and the next comes after the
 * open time.
 */
export const recoversWithinMs = ({ timeoutMs, openMs }: Limits): number => timeoutMs + openMs + 250;

/** Milliseconds after the end of the open time, while clients ask. */
export const asksWithinMs = 200;
/** Whole seconds. */
export const longestRetryAfter = ({ openMs, timeoutMs }: Limits): number =>
  Math.ceil((openMs + timeoutMs) / 1000);
/** Beyond the time-out, milliseconds: what answering may cost. */
export const answerMs = 200;
/** Milliseconds that a call may come before its time: timers are coarse. */
export const earlyMs = 5;
/** Half of the rejections take no longer, milliseconds. */
export const rejectsWithinMs = 50;
/** Calls a request, in all, and some in any case: a budget of a tenth. */
export const mostCalls = (requests: number): number => Math.floor(1.1 * requests) + 10;

const breaking = ['follows-the-contract', 'answers-in-time', 'stays-alive', 'quotes-are-true'];

export const acts: Acts = {
  outage: {
    title: {
      en: 'the dependency fails, is down, hangs and recovers',
      es: 'la dependencia falla, se cae, se atasca y se recupera',
    },
    breaks: [
      ...breaking,
      'answers-in-bounded-time',
      'calls-are-bounded',
      'opens-when-failing',
      'open-is-quiet',
      'failed-probe-reopens',
      'asks-again-when-due',
      'rejections-are-quick',
      'retry-after-is-honest',
      'recovers',
      'drains-on-sigterm',
    ],
    covers: ['outage-played', 'pulse-beat'],
    again: true,
  },
  quiet: {
    title: {
      en: 'nothing to open for: few failures, few calls, mistakes of the clients, a neighbour that is down',
      es: 'nada por lo que abrir: pocos fallos, pocas llamadas, errores de los clientes, un vecino caído',
    },
    breaks: [
      ...breaking,
      'opens-when-failing',
      'healthy-is-let-through',
      'few-calls-open-nothing',
      'client-errors-open-nothing',
      'neighbours-are-apart',
    ],
    covers: ['quiet-played', 'neighbour-opened'],
    again: true,
  },
  trips: {
    title: {
      en: 'slow calls, answers that come late, probes under load and to what is not there',
      es: 'llamadas lentas, respuestas que llegan tarde, pruebas bajo carga y a lo que no existe',
    },
    breaks: [
      ...breaking,
      'slow-calls-count',
      'opens-when-failing',
      'open-is-quiet',
      'asks-again-when-due',
      'failed-probe-reopens',
      'late-answers-change-nothing',
      'half-open-lets-few-through',
      'closes-after-good-probes',
    ],
    covers: ['trips-played', 'late-answers-came', 'probes-came'],
    again: true,
  },
  'half-open': {
    title: {
      en: 'half-open more than once, probes that come late or whose clients hang up, and a neighbour that hangs',
      es: 'medio abierto más de una vez, pruebas que llegan tarde o cuyos clientes cuelgan, y un vecino atascado',
    },
    breaks: [
      ...breaking,
      'answers-in-bounded-time',
      'neighbours-are-apart',
      'calls-are-bounded',
      'late-answers-change-nothing',
      'closes-after-good-probes',
      'recovers',
    ],
    covers: ['half-open-played', 'neighbour-hung', 'probes-hung-up', 'late-probes-came'],
    again: true,
  },
};
