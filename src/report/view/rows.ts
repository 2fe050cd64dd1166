import { median } from '../../base/units.js';
import type { Kata } from '../../kata/define.js';
import type { Verdict } from '../../kata/findings.js';
import { castTexts } from '../../i18n/cast.js';
import type { Locale } from '../../i18n/text.js';
import type { CaseRecord, ImplementationRecord, LatencySummary } from '../../kata/run-record.js';

/** A row of the report: a case, or the repetitions of one. */
export interface RunRow {
  readonly cases: readonly CaseRecord[];
  readonly first: CaseRecord;
  /** Medians over the repetitions; `n` is their sum. */
  readonly latency: LatencySummary | null;
  readonly figures: Readonly<Record<string, number>>;
  readonly unknown: number;
  readonly cpuMs: number | null;
  /** Microseconds of CPU an answer; null where it isn't known. */
  readonly cpuPerRequest: number | null;
  /** Repetitions in which the load generator was the limit: their figures say too little. */
  readonly generatorBound: number;
  readonly peakRssBytes: number | null;
  readonly verdicts: ReadonlyMap<Verdict, number>;
  readonly asExpected: boolean;
}

export function rowsOf(kata: Kata, cases: readonly CaseRecord[]): RunRow[] {
  const groups = new Map<string, CaseRecord[]>();
  for (const one of cases) {
    const { path, hash } = one.implementation;
    const key = JSON.stringify([one.strategy, path, hash, one.options]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => rowOf(kata, group));
}

/** `naive, read committed` */
export function nameOf(kata: Kata, { strategy, options }: CaseRecord): string {
  const choices = Object.entries(kata.options)
    .filter(([, spec]) => spec.kind === 'choice' && spec.picksCase)
    .map(([name]) => String(options[name]).replaceAll('-', ' '));
  return [strategy, ...choices].join(', ');
}

/** Of the programs that ran, each once. */
export function runtimesOf(locale: Locale, cases: readonly CaseRecord[]): ReadonlySet<string> {
  const programs = cases.filter(({ implementation }) => implementation.kind !== 'lab');
  return new Set(
    programs.flatMap(({ implementation, cast }) =>
      cast === undefined
        ? [implementation.runtime]
        : Object.entries(cast).map(
            ([role, of]) => `${role} ${of.runtime} (${playedBy(locale, of)})`,
          ),
    ),
  );
}

/** Of a role of a system. */
export function playedBy(locale: Locale, { kind }: ImplementationRecord): string {
  const t = castTexts[locale];
  return kind === 'own' ? t.own : t.reference;
}

function rowOf(kata: Kata, cases: CaseRecord[]): RunRow {
  const first = cases[0] as CaseRecord;
  const verdicts = new Map<Verdict, number>();
  for (const { verdict } of cases) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  const resources = cases.flatMap((one) => one.resources ?? []);
  return {
    cases,
    first,
    latency: middle(cases.flatMap((one) => one.latency ?? [])),
    figures: middleFigures(kata, cases),
    unknown: cases.reduce((sum, one) => sum + one.counts.unknown, 0),
    cpuMs: resources.length > 0 ? Math.round(median(resources.map((r) => r.cpuMs))) : null,
    cpuPerRequest: middleCpu(cases),
    generatorBound: cases.filter(({ generator }) => generator?.bound === true).length,
    peakRssBytes: resources.length > 0 ? median(resources.map((r) => r.peakRssBytes)) : null,
    verdicts,
    asExpected: cases.every((one) => one.asExpected),
  };
}

function middleCpu(cases: readonly CaseRecord[]): number | null {
  const values = cases.flatMap(({ resources, latency }) =>
    resources && latency ? [(resources.cpuMs * 1000) / latency.n] : [],
  );
  return values.length > 0 ? median(values) : null;
}

function middle(latencies: readonly LatencySummary[]): LatencySummary | null {
  if (latencies.length === 0) return null;
  const of = (key: keyof LatencySummary): number | null => {
    // Runs of earlier versions have percentiles above their largest latency.
    const values = latencies.flatMap((latency) => {
      const value = latency[key];
      if (value === null) return [];
      return key === 'n' || key === 'throughput' ? value : Math.min(value, latency.max);
    });
    return values.length > 0 ? median(values) : null;
  };
  return {
    n: latencies.reduce((sum, latency) => sum + latency.n, 0),
    p50: of('p50'),
    p95: of('p95'),
    p99: of('p99'),
    p999: of('p999'),
    max: of('max') ?? 0,
    mean: of('mean') ?? 0,
    throughput: of('throughput') ?? 0,
  };
}

/** The mean of 2.01 and 2.05 is not 2.0300000000000002. */
function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

function middleFigures(kata: Kata, cases: readonly CaseRecord[]): Record<string, number> {
  const entries = kata.columns.flatMap(({ figure }) => {
    const values = cases.flatMap((one) => one.figures[figure] ?? []);
    return values.length > 0 ? [[figure, rounded(median(values))] as const] : [];
  });
  return Object.fromEntries(entries);
}
