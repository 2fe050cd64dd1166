import type { Acts, BrokerKind } from '../../src/kata/index.js';

/** What the options say about attempts. All times are milliseconds. */
export interface Limits {
  readonly baseMs: number;
  readonly capMs: number;
  /** In all, the first one included. */
  readonly attempts: number;
  readonly broker?: BrokerKind;
}

/** A program of the learner's that was asked for no strategy (`own`) is asked for the best one. */
const best = 'exponential-full-jitter';

/** Whether the strategy waits at all. */
export const waits = (strategy: string): boolean => strategy !== 'immediate';

/** Only there does the lab see confirms, and can it hold them back. */
export const hasSlowConfirms = (strategy: string, broker: BrokerKind | undefined): boolean =>
  waits(strategy) && broker === 'rabbitmq';

/** Whether some of its waits are longer than others. */
export const isMixed = (strategy: string): boolean => waits(strategy) && strategy !== 'fixed';

export const isJittered = (strategy: string): boolean =>
  !['immediate', 'fixed', 'exponential'].includes(strategy) || strategy === best;

/** `min(cap, base·2^(n-1))`: before attempt n+1, once the n-th has failed. */
export function exponentialMs(failed: number, { baseMs, capMs }: Limits): number {
  return Math.min(capMs, baseMs * 2 ** (failed - 1));
}

/** The least and the most that a strategy may wait once the n-th attempt has failed. */
export function bounds(
  strategy: string,
  failed: number,
  limits: Limits,
): { readonly least: number; readonly most: number } {
  if (strategy === 'immediate') return { least: 0, most: 0 };
  if (strategy === 'fixed') return { least: limits.baseMs, most: limits.baseMs };
  const most = exponentialMs(failed, limits);
  return { least: isJittered(strategy) ? 0 : most, most };
}

/** 1, 2, … for each wait that a message can come to. */
export function levels({ attempts }: Limits): number[] {
  return Array.from({ length: attempts - 1 }, (_, at) => at + 1);
}

export function longestMs(limits: Limits): number {
  return exponentialMs(limits.attempts - 1, limits);
}

/** At most one in a hundred messages with full jitter may use up its attempts by pure chance. */
const badLuck = 0.01;

/**
 * How long the dependency is down: no longer than `fixed` and `exponential` hold out for certain,
 * and so short that full jitter hardly ever draws less. For m waits, each uniform in [0, e_i], the
 * chance that they sum up to less than x is at most x^m / (m! · e_1 · … · e_m).
 */
export function outageMs(limits: Limits): number {
  const most = levels(limits).map((failed) => exponentialMs(failed, limits));
  const volume = most.reduce((product, ms, at) => product * ms * (at + 1), badLuck);
  const surely = 0.75 * most.length * Math.min(limits.baseMs, limits.capMs);
  return Math.floor(Math.min(surely, volume ** (1 / most.length)));
}

/**
 * What never waits burns its attempts as fast as the machine goes: it is shown to do so on a slow
 * one, too. All others get the outage that they can outlast.
 */
export function outageFor(strategy: string, limits: Limits): number {
  return (waits(strategy) ? 1 : 4) * outageMs(limits);
}

/** Which part of the experiment a message plays in; its id is `<group>-<n>`. */
export const groups = [
  ...([
    'random',
    'outage',
    'hopeless',
    'doomed',
    'good',
    'fresh',
    'wave',
    'late',
    'pulse',
  ] as const),
] as const;

export type Group = (typeof groups)[number];

export const pulseEveryMs = 50;

export const work = 'work';

export const failed = 'work.failed';

export interface Amounts extends Limits {
  readonly messages: number;
  readonly failPercent: number;
  readonly prefetch: number;
}

const ends = ['none-lost', 'done-once', 'tries-to-the-limit', 'acks-what-is-safe', 'finishes'];
const everywhere = [...ends, 'calls-as-told', 'keeps-the-message', 'settles-once'];

export const acts: Acts = {
  load: {
    title: {
      en: 'failures by chance, an outage, and what always fails, all at once',
      es: 'fallos por azar, una indisponibilidad y lo que falla siempre, todo a la vez',
    },
    breaks: [
      ...[...everywhere, 'waits-as-told', 'others-move-on', 'outage-survived'],
      ...['healthy-once-it-consumes', 'never-stands-still'],
    ],
    covers: [
      ...['failures-came', 'outage-met', 'waits-at-each-level', 'pulse-beat'],
      ...['short-waits-behind-long-ones', 'draws-can-be-told-apart', 'waits-can-be-told-apart'],
    ],
  },
  wave: {
    title: {
      en: 'nothing for two seconds, then 120 that fail in the same moment',
      es: 'nada durante dos segundos, y después 120 que fallan en el mismo momento',
    },
    breaks: [...everywhere, 'waits-as-told', 'healthy-once-it-consumes'],
    covers: ['pulse-beat', 'wave-came-after-a-pause'],
  },
  'slow-confirms': {
    title: {
      en: 'the broker confirms late what the worker publishes',
      es: 'los confirm del broker llegan tarde al worker',
    },
    breaks: everywhere,
    covers: ['confirms-came-late'],
  },
};
