import type { Kata } from '../../kata/define.js';
import type { LatencyCurve } from '../../kata/run-record.js';
import type { CurveSide } from './curves.js';
import { nameOf, type RunRow } from './rows.js';

/** The latencies of a row; its language is told where the rows differ in it. */
export function curveSideOf(
  kata: Kata,
  rows: readonly RunRow[],
  { first, cases }: RunRow,
  curveOf: (slug: string) => LatencyCurve,
): CurveSide {
  const languages = new Set(rows.map((row) => row.first.implementation.language));
  const name = nameOf(kata, first);
  return {
    label: languages.size > 1 ? `${name}, ${first.implementation.language}` : name,
    rounds: cases.map(({ slug }) => curveOf(slug)),
    n: Math.min(...cases.map(({ latency }) => latency?.n ?? 0)),
  };
}
