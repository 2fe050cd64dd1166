/** By chance alone, less than once in so many runs (Dvoretzky, Kiefer, Wolfowitz; Massart 1990). */
const onceIn = 100_000;
const sigmas = 5;
/** Beyond chance, so much of what is seen must be shared. */
const alikeFrom = 0.4;

/** How far the share of n even draws below any point may be from what it should be. */
export const shiftOf = (n: number): number => Math.sqrt(Math.log(onceIn) / (2 * n));

/** At how many points of the range the two ends are looked at. */
const points = 50;

/**
 * Near the ends of the range chance scatters far less than in its middle, so less tells there: more
 * of n draws at or below some point than less than once in so many runs (Chernoff, over all points).
 * @param shares where each lies, no lower than it was drawn
 * @returns the point, and how many lie at or below it
 */
export function crowdedAtTheStart(
  shares: readonly number[],
): { readonly at: number; readonly count: number } | undefined {
  const n = shares.length;
  for (let point = 1; point <= points / 2; point += 1) {
    const at = point / points;
    const count = shares.filter((share) => share <= at).length;
    if (count / n > at && n * divergence(count / n, at) > Math.log(points * onceIn))
      return { at, count };
  }
  return undefined;
}

/** Kullback and Leibler: how little a share of draws goes with what it should be. */
function divergence(is: number, should: number): number {
  const part = (a: number, b: number): number => (a === 0 ? 0 : a * Math.log(a / b));
  return part(is, should) + part(1 - is, 1 - should);
}

/**
 * Of even draws in [0, 1], each group around its own mean: 1/12, and of n draws it scatters by that
 * times sqrt(0.8 / n).
 */
export function varianceOf(groups: readonly (readonly number[])[]): {
  readonly variance: number;
  /** What chance hardly ever goes below. */
  readonly least: number;
} {
  const n = sumOf(groups.map((group) => group.length));
  const squares = sumOf(
    groups.map((group) => {
      const mean = sumOf(group) / group.length;
      return sumOf(group.map((value) => (value - mean) ** 2));
    }),
  );
  const variance = squares / Math.max(1, n - groups.length);
  return { variance, least: (1 / 12) * (1 - sigmas * Math.sqrt(0.8 / Math.max(1, n))) };
}

/** How far noise and draws may go together without anybody's doing. */
const together = 0.15;

/**
 * What the variance of n even draws, each late by up to so much, hardly ever goes beyond: chance, the
 * scatter of what was late, and what the two have in common.
 */
export function widest(late: readonly number[]): number {
  const even = 1 / 12;
  const lateSquared = sumOf(late.map((one) => one ** 2)) / Math.max(1, late.length);
  const alike = 2 * together * Math.sqrt(even * lateSquared);
  return even * (1 + sigmas * Math.sqrt(0.8 / Math.max(1, late.length))) + lateSquared + alike;
}

/** Whether the two of each pair go together, beyond chance (Fisher's z) and by a good deal. */
export function correlated(pairs: readonly (readonly [number, number])[]): boolean {
  const n = pairs.length;
  if (n < 20) return false;
  const [meanA, meanB] = [0, 1].map((at) => sumOf(pairs.map((pair) => pair[at] ?? 0)) / n);
  const around = pairs.map(([a, b]) => [a - (meanA ?? 0), b - (meanB ?? 0)] as const);
  const spread = Math.sqrt(sumOf(around.map(([a]) => a * a)) * sumOf(around.map(([, b]) => b * b)));
  if (spread === 0) return true;
  const r = Math.min(0.999, sumOf(around.map(([a, b]) => a * b)) / spread);
  return r > alikeFrom && Math.atanh(r) * Math.sqrt(n - 3) > sigmas;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);
