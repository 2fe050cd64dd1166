import { median } from '../../base/units.js';
import type { Kata } from '../../kata/define.js';
import type { CaseRecord, RunRecord } from '../../kata/run-record.js';
import { rowsOf, type RunRow } from './rows.js';
import { nameOf } from './rows.js';
import { limitOf, type Limit } from './limit.js';
import { sideNamesOf } from './sides.js';

export const metrics = [
  'throughput',
  'p50',
  'p95',
  'p99',
  'p999',
  'cpuPerRequest',
  'memory',
] as const;
export type Metric = (typeof metrics)[number];

/** One case of the kata in every language, and of the learner's own program where it takes part. */
export interface ComparedCase {
  /** `pessimistic, read committed` */
  readonly name: string;
  readonly sides: readonly Side[];
  /** Of every other language to the first. */
  readonly ratios: readonly SideRatios[];
}

export interface Side {
  /** The language of a reference; the name of the learner's own, as its folder or file has it. */
  readonly language: string;
  /** `Node 20.20.2`, `mine (Node 20.20.2)` */
  readonly program: string;
  readonly row: RunRow;
  readonly limit: Limit;
}

export interface SideRatios {
  readonly language: string;
  readonly to: string;
  readonly ratios: readonly Ratio[];
}

/** Of one figure, worked out round by round. */
export interface Ratio {
  readonly metric: Metric;
  /** Rounds in which both had the figure. */
  readonly n: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Pure: what a run of `plan compare` came to. */
export function comparisonOf(kata: Kata, record: RunRecord): ComparedCase[] {
  const byName = new Map<string, CaseRecord[]>();
  for (const one of record.cases) {
    const name = nameOf(kata, one);
    byName.set(name, [...(byName.get(name) ?? []), one]);
  }
  return [...byName].map(([name, cases]) => {
    const rows = rowsOf(kata, cases);
    const names = sideNamesOf(rows.map(({ first: { implementation } }) => implementation));
    const sides = rows.map((row, at) => sideOf(row, names[at] ?? '', record.machine.cores));
    const [first, ...others] = sides;
    const ratios = first ? others.map((other) => ratiosOf(other, first)) : [];
    return { name, sides, ratios };
  });
}

function sideOf(row: RunRow, language: string, cores: number): Side {
  const { kind, runtime } = row.first.implementation;
  const program = kind === 'own' || kind === 'mixed' ? `${language} (${runtime})` : runtime;
  return { language, program, row, limit: limitOf(row.cases, cores) };
}

function ratiosOf(other: Side, first: Side): SideRatios {
  const ratios = metrics.flatMap((metric) => {
    const values = other.row.cases.flatMap((one) => {
      const beside = first.row.cases.find(({ repetition }) => repetition === one.repetition);
      const [a, b] = [figureOf(one, metric), beside && figureOf(beside, metric)];
      return a !== undefined && b !== undefined && a > 0 && b > 0 ? [a / b] : [];
    });
    if (values.length === 0) return [];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return [{ metric, n: values.length, median: median(values), low, high }];
  });
  return { language: other.language, to: first.language, ratios };
}

/** Undefined where the case has no such figure. */
function figureOf({ latency, resources }: CaseRecord, metric: Metric): number | undefined {
  switch (metric) {
    case 'memory':
      return resources?.peakRssBytes;
    case 'cpuPerRequest':
      return resources && latency ? (resources.cpuMs * 1000) / latency.n : undefined;
    default:
      return latency?.[metric] ?? undefined;
  }
}
