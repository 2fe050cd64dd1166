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
