import { formatMegabytes, formatMs } from '../../base/units.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import { flagOf } from '../../kata/options.js';
import type { Column } from './columns.js';
import type { RunRow } from './rows.js';

/** What tells the cases of a run apart: strategy, choices such as `isolation`, language. */
export function caseColumns(locale: Locale, kata: Kata, rows: readonly RunRow[]): Column<RunRow>[] {
  const t = runTexts[locale];
  const key = (head: string, cell: (row: RunRow) => string): Column<RunRow> => ({
    ...{ head, cell, align: 'left', rank: 0, key: true },
  });
  const choices = Object.entries(kata.options).filter(
    ([, spec]) => spec.kind === 'choice' && spec.picksCase,
  );
  const languageOf = ({ first }: RunRow): string => first.implementation.language;
  return [
    key(t.strategy, ({ first }) => first.strategy),
    ...choices.map(([name]) =>
      key(flagOf(name), ({ first }) => String(first.options[name] ?? '').replaceAll('-', ' ')),
    ),
    ...(new Set(rows.map(languageOf)).size > 1 ? [key(t.language, languageOf)] : []),
  ];
}

/** The figures that the kata itself counts. */
export function countedColumns(locale: Locale, { columns }: Kata): Column<RunRow>[] {
  return columns.map(({ figure, head }) => ({
    head: head[locale],
    rank: 1,
    cell: ({ figures }) => String(figures[figure] ?? '–'),
  }));
}

interface Shown<Row> {
  readonly rowOf: (row: Row) => RunRow;
  /** Behind the name of a percentile, where nothing else says it. */
  readonly unit: '' | ' ms';
  /** Those that the table is about, and how much. */
  readonly rank: { readonly p95: number; readonly perSecond: number };
}

/** None where nothing was measured: a worker is asked no requests. */
export function latencyColumns<Row>(
  locale: Locale,
  rows: readonly Row[],
  { rowOf, unit, rank }: Shown<Row>,
): Column<Row>[] {
  const latencies = rows.map((row) => rowOf(row).latency);
  if (latencies.every((latency) => latency === null)) return [];
  const ms = (
    head: string,
    key: 'p50' | 'p95' | 'p99' | 'p999' | 'max',
    of: number,
  ): Column<Row> => ({
    head: `${head}${unit}`,
    rank: of,
    cell: (row) => formatMs(rowOf(row).latency?.[key] ?? null),
  });
  return [
    { head: 'n', rank: 2, cell: (row) => String(rowOf(row).latency?.n ?? 0) },
    ms('p50', 'p50', 2),
    ms('p95', 'p95', rank.p95),
    ms('p99', 'p99', 2),
    ...(latencies.some((latency) => latency?.p999) ? [ms('p99.9', 'p999', 3)] : []),
    ms('max', 'max', 3),
    {
      head: runTexts[locale].perSecond,
      rank: rank.perSecond,
      cell: (row) => rounded(rowOf(row).latency?.throughput ?? null, '–'),
    },
  ];
}

/** Of whose outcome nothing is known. */
export function unknownColumn(locale: Locale): Column<RunRow> {
  return {
    head: runTexts[locale].unknown,
    rank: 3,
    cell: ({ unknown }) => (unknown > 0 ? String(unknown) : ''),
  };
}

/** What an answer costs, and what the program holds. */
export function costColumns<Row>(
  locale: Locale,
  rowOf: (row: Row) => RunRow,
  rank: number,
): Column<Row>[] {
  const t = runTexts[locale];
  return [
    {
      head: t.cpuPerRequest,
      rank,
      cell: (row) => rounded(rowOf(row).cpuPerRequest, ''),
    },
    {
      head: t.memory,
      rank,
      cell: (row) => {
        const { peakRssBytes } = rowOf(row);
        return peakRssBytes === null ? '' : formatMegabytes(peakRssBytes);
      },
    },
  ];
}

function rounded(value: number | null, none: string): string {
  return value === null ? none : String(Math.round(value));
}
