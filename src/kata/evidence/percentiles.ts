/** A percentile that fewer samples cannot carry is left out. */
const shares = { P50: [0.5, 2], P95: [0.95, 20], P99: [0.99, 100] } as const;

/**
 * Figures of these samples, in their unit: `lagP50`, `lagP95` and `lagP99`, each the smallest sample that
 * so many are not above.
 * @param digits behind the point
 */
export function percentiles(
  name: string,
  samples: readonly number[],
  digits = 1,
): Record<string, number> {
  const sorted = samples.toSorted((a, b) => a - b);
  const figures = Object.entries(shares).flatMap(([percentile, [share, needed]]) => {
    const value = sorted[Math.ceil(sorted.length * share) - 1];
    if (sorted.length < needed || value === undefined) return [];
    return [[`${name}${percentile}`, Math.round(value * 10 ** digits) / 10 ** digits] as const];
  });
  return Object.fromEntries(figures);
}
