import type { Text } from '../i18n/text.js';

/**
 * What went on over time, in rows one below the other on one time axis. Rows of the same name of a
 * run's cases are drawn on one scale.
 */
export interface Tracks {
  readonly title: Text;
  /** Milliseconds of a step. */
  readonly stepMs: number;
  readonly rows: readonly Track[];
  /** In their order; drawn below the rows. */
  readonly phases: readonly TrackPhase[];
  /** They are panels of a dashboard: the journal has them as pictures. */
  readonly panels?: true;
}

export type Track = LevelTrack | StateTrack;

/** How many or how much in each step. */
export interface LevelTrack {
  readonly name: Text;
  /** One for each step, from the beginning on; zero is drawn as nothing. */
  readonly levels: readonly number[];
  /** Of steps that are drawn as one: their sum, or the highest of them. */
  readonly together: 'sum' | 'highest';
  /** Of the highest, such as `ms`. */
  readonly unit?: string;
}

/** In which state it was in each step. */
export interface StateTrack {
  readonly name: Text;
  /** One for each step: the place of its state in `legend`; of steps that are drawn as one, the highest. */
  readonly states: readonly number[];
  /** One sign each: ─ ▒ █ */
  readonly legend: readonly { readonly sign: string; readonly name: Text }[];
}

export interface TrackPhase {
  readonly name: Text;
  /** The step in which it begins, counted from 0. */
  readonly from: number;
}

/** Equal steps that cover a time; all in milliseconds from the same beginning. */
export interface Steps {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly steps: number;
}

export const stepsOver = (fromMs: number, untilMs: number, steps: number): Steps => ({
  fromMs,
  stepMs: Math.max(1, Math.ceil((untilMs - fromMs) / steps)),
  steps,
});

export const stepOf = ({ fromMs, stepMs }: Steps, ms: number): number =>
  Math.floor((ms - fromMs) / stepMs);

/** How many of these moments lie in each step. */
export function countsIn(steps: Steps, moments: readonly number[]): number[] {
  const counts = Array.from({ length: steps.steps }, () => 0);
  for (const ms of moments) {
    const at = stepOf(steps, ms);
    const count = counts[at];
    if (count !== undefined) counts[at] = count + 1;
  }
  return counts;
}

/** The highest value of each step; 0 where there is none. */
export function highestIn(
  steps: Steps,
  values: readonly { readonly ms: number; readonly value: number }[],
): number[] {
  const highest = Array.from({ length: steps.steps }, () => 0);
  for (const { ms, value } of values) {
    const at = stepOf(steps, ms);
    const known = highest[at];
    if (known !== undefined) highest[at] = Math.max(known, value);
  }
  return highest;
}
