import { pulseEveryMs } from '../contract.js';
import type { Story } from '../story.js';

/** How alive the program, its broker and this machine were, as the pulses saw it. */
export interface Pulse {
  readonly beats: number;
  /** Milliseconds that a pulse was late at worst, of those on their way between two moments. */
  worst(from: number, until: number): number;
  /** The same on average; infinite where there was none: nobody knows how late it was then. */
  meanWithin(from: number, until: number): number;
}

/** Late against the moment in which it was due: a lab that stands still is late, too. */
export function readPulse(story: Story): Pulse {
  const late = story.of('pulse').flatMap(({ id, success }) => {
    if (!success) return [];
    const due = story.pulseFrom + Number(id.slice('pulse-'.length)) * pulseEveryMs * 1000;
    return [{ due, came: success.at, ms: Math.max(0, (success.at - due) / 1000) }];
  });
  const between = (from: number, until: number): number[] =>
    late.flatMap(({ due, came, ms }) => (came >= from && due <= until ? [ms] : []));
  return {
    beats: late.length,
    worst: (from, until) => Math.max(0, ...between(from, until)),
    meanWithin(from, until) {
      const some = between(from, until);
      return some.length > 0 ? meanOf(some) : Number.POSITIVE_INFINITY;
    },
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, ms) => sum + ms, 0) / values.length;
}
