/** A sign of life: when it was due, and when it came. Microseconds since the case began. */
export interface Beat {
  readonly due: number;
  readonly came: number;
}

/** How late this machine was while a case ran; milliseconds. */
export interface Pulses {
  readonly beats: number;
  /** At worst, of those on their way between two moments. */
  worst(from: number, until: number): number;
  /** On average; infinite where there was none between these moments: nobody knows how late it was then. */
  meanWithin(from: number, until: number): number;
  /** Half of them were no later; infinite where there was none between these moments. */
  middleWithin(from: number, until: number): number;
  /**
   * So late may even the luckiest of so many have been, but for once in a million times: below this
   * the shortest of many waits tells nothing.
   */
  luckiestOf(count: number): number;
}

/** @returns the same, where at worst it may have been as late as these, of which only the late ones are known */
export function orAsLateAs(pulses: Pulses, beats: readonly Beat[]): Pulses {
  return {
    ...pulses,
    worst: (from, until) =>
      beats.reduce(
        (most, { due, came }) =>
          came >= from && due <= until ? Math.max(most, (came - due) / 1000) : most,
        pulses.worst(from, until),
      ),
  };
}

const onceIn = 1_000_000;

/**
 * What beats tell of the noise in which a program was measured: it was in the same.
 * @param everyMs where one was to be sent each so many milliseconds all the while: then a silence is
 *   the lab's own, and as late as what was to be sent in it, also one before the first
 */
export function readPulses(beats: readonly Beat[], everyMs?: number): Pulses {
  const silences = everyMs === undefined ? [] : silencesIn(beats, everyMs * 1000);
  const late = [...beats, ...silences].map(({ due, came }) => ({
    due,
    came,
    ms: Math.max(0, (came - due) / 1000),
  }));
  const sorted = late.map(({ ms }) => ms).sort((a, b) => a - b);
  const between = (from: number, until: number): number[] =>
    late.flatMap(({ due, came, ms }) => (came >= from && due <= until ? [ms] : []));
  const first = Math.min(...beats.map(({ due }) => due));
  const silentMs = (from: number, until: number): number =>
    everyMs === undefined ? 0 : Math.max(0, (Math.min(first, until) - from) / 1000 - everyMs);
  return {
    beats: beats.length,
    worst: (from, until) =>
      between(from, until).reduce((most, ms) => Math.max(most, ms), silentMs(from, until)),
    meanWithin(from, until) {
      const some = between(from, until);
      return some.length > 0 ? meanOf(some) : Number.POSITIVE_INFINITY;
    },
    middleWithin(from, until) {
      const some = between(from, until).sort((a, b) => a - b);
      return some[Math.floor((some.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;
    },
    luckiestOf(count) {
      // Of so many, each is later than this with the same chance.
      const share = onceIn ** (-1 / Math.max(1, count));
      const later = Math.floor(share * sorted.length);
      return sorted[sorted.length - 1 - later] ?? (sorted.length > 0 ? 0 : Infinity);
    },
  };
}

/** From when the next was due until it was sent. */
function silencesIn(beats: readonly Beat[], everyUs: number): Beat[] {
  const sent = beats.map(({ due }) => due).sort((a, b) => a - b);
  return sent.slice(1).flatMap((came, n) => {
    const due = (sent[n] ?? came) + everyUs;
    return came - due > everyUs ? [{ due, came }] : [];
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, ms) => sum + ms, 0) / Math.max(1, values.length);
}
