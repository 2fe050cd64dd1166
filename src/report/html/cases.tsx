import type { Child } from 'hono/jsx';
import { formatMegabytes } from '../../base/units.js';
import { castTexts } from '../../i18n/cast.js';
import { pageTexts } from '../../i18n/page.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import {
  caseColumns,
  costColumns,
  countedColumns,
  latencyColumns,
  unknownColumn,
} from '../view/figures.js';
import { nameOf, playedBy, type RunRow } from '../view/rows.js';
import { percent } from './drawing.js';
import { Table, type HtmlColumn } from './table.js';
import { VerdictOf } from './verdict.js';

interface Props {
  readonly locale: Locale;
  readonly kata: Kata;
  readonly rows: readonly RunRow[];
}

/** A row a case; numbers with their share of the column's highest as a bar. */
export function Cases({ locale, kata, rows }: Props) {
  const t = runTexts[locale];
  const rowOf = (row: RunRow): RunRow => row;
  const counted = kata.columns.map(({ figure }) => rows.map(({ figures }) => figures[figure]));
  const latencies = latencyColumns(locale, rows, {
    ...{ rowOf, unit: ' ms', rank: { p95: 0, perSecond: 0 } },
  });
  const p95s = rows.map(({ latency }) => latency?.p95 ?? undefined);
  const columns: HtmlColumn<RunRow>[] = [
    ...caseColumns(locale, kata, rows),
    {
      ...{ head: t.verdict, align: 'left' },
      cell: (row) => <VerdictOf {...{ locale, row }} />,
    },
    ...countedColumns(locale, kata).map((column, at) => withBars(column, rows, counted[at] ?? [])),
    ...latencies.map((column) =>
      column.head.startsWith('p95') ? withBars(column, rows, p95s) : column,
    ),
    unknownColumn(locale),
    ...costColumns(locale, rowOf, 0),
  ];
  const repeated = rows.find(({ cases }) => cases.length > 1)?.cases.length;
  return (
    <>
      <Table {...{ locale, columns, rows, caption: pageTexts[locale].cases }} />
      {repeated !== undefined && <p class="soft">{t.medianNote(repeated)}</p>}
    </>
  );
}

/** Drawn only where there is something to compare it with. */
function withBars(
  column: HtmlColumn<RunRow>,
  rows: readonly RunRow[],
  values: readonly (number | undefined)[],
): HtmlColumn<RunRow> {
  const highest = Math.max(0, ...values.flatMap((value) => value ?? []));
  if (rows.length < 2 || highest <= 0) return column;
  return {
    ...column,
    cell: (row): Child => {
      const share = (values[rows.indexOf(row)] ?? 0) / highest;
      return (
        <>
          {column.cell(row)}
          <svg class="bar" aria-hidden="true">
            <rect
              x={percent(1 - Math.max(0, share))}
              width={percent(Math.max(0, share))}
              height="4"
            />
          </svg>
        </>
      );
    },
  };
}

interface RoleRow {
  readonly name: string;
  readonly role: string;
  readonly player: string;
  readonly cpu: string;
  readonly memory: string;
}

/** Of a system: who played which role, and what that took. */
export function Roles({ locale, kata, rows }: Props) {
  const each = rows.flatMap(({ first }) =>
    Object.entries(first.cast ?? {}).map(([role, of]): RoleRow => {
      const used = first.resources?.roles?.[role];
      return {
        ...{ name: nameOf(kata, first), role, player: `${playedBy(locale, of)}, ${of.runtime}` },
        cpu: used ? `${used.cpuMs} ms` : '',
        memory: used ? formatMegabytes(used.peakRssBytes) : '',
      };
    }),
  );
  if (each.length === 0) return null;
  const t = { ...runTexts[locale], ...castTexts[locale] };
  const columns: HtmlColumn<RoleRow>[] = [
    { head: t.strategy, align: 'left', cell: ({ name }) => name },
    { head: t.role, align: 'left', cell: ({ role }) => role },
    { head: t.plays, align: 'left', cell: ({ player }) => player },
    { head: t.cpu, cell: ({ cpu }) => cpu },
    { head: t.memory, cell: ({ memory }) => memory },
  ];
  return (
    <details>
      <summary>{pageTexts[locale].programs}</summary>
      <Table {...{ locale, columns, rows: each, caption: pageTexts[locale].programs }} />
    </details>
  );
}
