import type { RunRecord } from '../../src/kata/run-record.js';

/** How many cases of a run came to each verdict: `{ holds: 50 }`. */
export function verdicts({ cases }: RunRecord): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { verdict } of cases) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
