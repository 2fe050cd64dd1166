import { pulseEveryMs, type Story } from './story.js';

/** How alive the program, its broker and this machine were, as the pulses saw it. */
export interface Pulse {
  /** Milliseconds; of all of them. */
  readonly median: number;
  readonly beats: number;
  /** Milliseconds that a pulse was late at worst, of those on their way between two moments. */
  worst(from: number, until: number): number;
  /** The same on average; the median of all where there were none. */
  mean(from: number, until: number): number;
}

/** Late against the moment in which it was due: a lab that stands still is late, too. */
export function readPulse(story: Story): Pulse {
  const late = story.of('pulse').flatMap(({ id, success }) => {
    if (!success) return [];
    const due = story.pulseFrom + Number(id.slice('pulse-'.length)) * pulseEveryMs * 1000;
    return [{ due, came: success.at, ms: Math.max(0, (success.at - due) / 1000) }];
  });
  const sorted = late.map(({ ms }) => ms).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const between = (from: number, until: number): number[] =>
    late.flatMap(({ due, came, ms }) => (came >= from && due <= until ? [ms] : []));
  return {
    median,
    beats: late.length,
    worst: (from, until) => Math.max(0, ...between(from, until)),
    mean(from, until) {
      const some = between(from, until);
      return some.length === 0 ? median : some.reduce((sum, ms) => sum + ms, 0) / some.length;
    },
  };
}
