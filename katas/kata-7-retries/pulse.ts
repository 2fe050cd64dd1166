import { pulseEveryMs, type Story } from './story.js';

/** How alive the program, its broker and this machine were, as the pulses saw it. */
export interface Pulse {
  /** Milliseconds; of all of them. */
  readonly median: number;
  readonly beats: number;
  /** Milliseconds that a pulse was late at worst, of those on their way between two moments. */
  worst(from: number, until: number): number;
}

/** Late against the moment in which it was due: a lab that stands still is late, too. */
export function readPulse(story: Story): Pulse {
  const late = story.of('pulse').flatMap(({ id, success }) => {
    if (!success) return [];
    const due = story.pulseFrom + Number(id.slice('pulse-'.length)) * pulseEveryMs * 1000;
    return [{ due, came: success.at, ms: Math.max(0, (success.at - due) / 1000) }];
  });
  const sorted = late.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    beats: late.length,
    worst: (from, until) =>
      late
        .filter(({ due, came }) => came >= from && due <= until)
        .reduce((worst, { ms }) => Math.max(worst, ms), 0),
  };
}
