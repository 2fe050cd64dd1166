import { compareTexts } from '../../i18n/compare.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Column } from './columns.js';
import { metrics, type Ratio, type Side, type SideRatios } from './comparison.js';
import { costColumns, latencyColumns } from './figures.js';
import type { RunRow } from './rows.js';
import { languageNames } from './sides.js';

/** One case of a comparison: a row for each language. */
export function sideColumns(
  locale: Locale,
  sides: readonly Side[],
  { unit, verdict }: { unit: '' | ' ms'; verdict: (side: Side) => string },
): Column<Side>[] {
  const rowOf = ({ row }: Side): RunRow => row;
  return [
    {
      ...{ head: compareTexts[locale].language, align: 'left', rank: 0, key: true },
      cell: ({ program }) => program,
    },
    ...latencyColumns(locale, sides, { rowOf, unit, rank: { p95: 1, perSecond: 1 } }),
    ...costColumns(locale, rowOf, 2),
    { head: runTexts[locale].verdict, align: 'left', rank: 0, cell: verdict },
  ];
}

/** Only the figures that some of them have. */
export function ratioColumns(locale: Locale, all: readonly SideRatios[]): Column<SideRatios>[] {
  const t = compareTexts[locale];
  const known = new Set(all.flatMap(({ ratios }) => ratios.map(({ metric }) => metric)));
  return [
    {
      ...{ head: '', align: 'left', rank: 0, key: true },
      cell: ({ language, to }) =>
        t.ratioHead(languageNames[language] ?? language, languageNames[to] ?? to),
    },
    {
      head: 'n',
      rank: 0,
      cell: ({ ratios }) => String(Math.max(0, ...ratios.map(({ n }) => n))),
    },
    ...metrics
      .filter((metric) => known.has(metric))
      .map((metric, at): Column<SideRatios> => ({
        head: t.metric[metric],
        rank: at,
        cell: ({ ratios }) => {
          const ratio = ratios.find((one) => one.metric === metric);
          return ratio ? formatRatio(ratio) : '–';
        },
      })),
  ];
}

/** `1.32 (1.10–1.41)` */
function formatRatio({ median, low, high, n }: Ratio): string {
  return n > 1 ? `${digits(median)} (${digits(low)}–${digits(high)})` : digits(median);
}

function digits(ratio: number): string {
  if (ratio >= 100) return String(Math.round(ratio));
  return ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}
