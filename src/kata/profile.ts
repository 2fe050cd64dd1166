/** Requests a second over time: straight lines, one after the other. After the last it stays. */
export type Profile = readonly ProfilePart[];

export interface ProfilePart {
  readonly forMs: number;
  /** Requests a second as the part begins. */
  readonly from: number;
  /** And as it ends; the same in between where it is left out. */
  readonly to?: number;
}

export const steady = (rate: number, forMs: number): ProfilePart => ({ forMs, from: rate });

export const ramp = (from: number, to: number, forMs: number): ProfilePart => ({ forMs, from, to });

/** One rate after the other, each as long. */
export const stairs = (rates: readonly number[], eachMs: number): Profile =>
  rates.map((rate) => steady(rate, eachMs));

/** Straight lines that follow a sine, this many a period: no more than a hundredth beside it. */
const chords = 32;

/** Up and down around a mean, as days and nights are. @param swing no more than the mean */
export function sine(mean: number, swing: number, periodMs: number, forMs: number): Profile {
  const rateAt = (ms: number): number => mean + swing * Math.sin((2 * Math.PI * ms) / periodMs);
  const step = periodMs / chords;
  return Array.from({ length: Math.ceil(forMs / step) }, (_, n) => {
    const [from, until] = [n * step, Math.min((n + 1) * step, forMs)];
    return ramp(rateAt(from), rateAt(until), until - from);
  });
}

/** Up for a time and back: where the base load goes on before and after it. */
export function spike(
  base: number,
  high: number,
  { beforeMs, highMs, afterMs }: Readonly<Record<'beforeMs' | 'highMs' | 'afterMs', number>>,
): Profile {
  return [steady(base, beforeMs), steady(high, highMs), steady(base, afterMs)];
}

export const lengthOf = (profile: Profile): number =>
  profile.reduce((sum, { forMs }) => sum + forMs, 0);
