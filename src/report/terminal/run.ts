import { stripVTControlCharacters } from 'node:util';
import { pageTexts } from '../../i18n/page.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { KataOnDisk } from '../../kata/discover.js';
import type { RunRecord } from '../../kata/run-record.js';
import { serviceTitles } from '../../kata/services.js';
import { tellsFigures } from '../view/matrix.js';
import { renderCharts } from '../view/chart.js';
import { tracksOf } from '../view/tracks.js';
import { renderExhibits } from './exhibits/exhibits.js';
import { hang } from './hang.js';
import { headOf } from '../view/head.js';
import { print, printProgress } from './output.js';
import { loadNotes } from '../view/load-notes.js';
import { rolesTable } from './run-roles.js';
import { costLines, onwardLines } from './run-end.js';
import { rulePath } from './rule-path.js';
import { rowsOf, runtimesOf, type RunRow } from '../view/rows.js';
import { storiesOf } from './run-stories.js';
import { nameOf } from '../view/rows.js';
import { renderTable, type Rest } from './table.js';
import { verdictCell } from './verdict.js';
import type { Column } from '../view/columns.js';
import {
  caseColumns,
  costColumns,
  countedColumns,
  latencyColumns,
  unknownColumn,
} from '../view/figures.js';
import { casesWithTimeline, timelineLines } from '../view/timeline.js';
import { style } from './style.js';
import { foreignLine, foreignRecord } from '../view/foreign.js';
import { isOwn, type Onward } from '../view/onward.js';

/** Tells the end of the report: where it is stored, and what was ticked, if there is a root. */
type ReportEnd = (
  ticked: readonly string[] | undefined,
  more?: { readonly onward?: Onward | undefined; readonly page?: string | undefined },
) => void;

/**
 * The report of a run on the terminal: head, one table, what broke and why; then its end.
 * @param folder the kata's, with its contract
 */
export function reportRun(
  locale: Locale,
  found: KataOnDisk,
  told: RunRecord,
  rest: Rest = 'below',
): ReportEnd {
  const record = foreignRecord(told);
  const { kata, folder } = found;
  // Interrupted before its first case came to an end, it has left nothing.
  if (record.cases.length === 0) return () => printProgress(runTexts[locale].interrupted);
  print(`${runBody(locale, kata, record, { folder, rest }).join('\n\n')}\n`);
  return (ticked, { onward, page } = {}) => {
    const next = onward ? onwardLines(locale, kata, foreignRecord(onward)) : [];
    const at = page === undefined ? [] : [`  ${pageTexts[locale].reportAt(foreignLine(page))}`];
    print(`\n${footOf(locale, record, ticked, [...at, ...next])}\n`);
    if (record.outcome === 'interrupted') printProgress(runTexts[locale].interrupted);
  };
}

/** Head, table and stories, without the place where the run is stored. */
export function runBody(
  locale: Locale,
  kata: Kata,
  record: RunRecord,
  { folder, rest }: { folder?: string; rest: Rest },
): string[] {
  const rows = rowsOf(kata, record.cases);
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  const parts = [runHead(locale, kata, record, width)];
  const exhibits = renderExhibits(locale, rows, width);
  parts.push(...exhibits);
  const hasFigures = exhibits.length === 0 || tellsFigures(rows);
  if (hasFigures && rows.length > 0)
    parts.push(renderTable(locale, columnsOf(locale, kata, rows), rows, width, rest));
  if (hasFigures && rows.some((row) => row.cases.length > 1))
    parts.push(`  ${runTexts[locale].medianNote(rows[0]?.cases.length ?? 0)}`);
  const roles = rolesTable(locale, kata, rows, width);
  if (roles !== undefined) parts.push(roles);
  const costs = costLines(locale, kata, strategiesOf(record));
  if (costs.length > 0) parts.push(costs.map((line) => hang(line, width)).join('\n'));
  parts.push(...renderCharts(locale, kata, rows, width), ...tracksOf(locale, kata, rows, width));
  if (rows.some(({ generatorBound }) => generatorBound > 0))
    parts.push(hang(`  ${runTexts[locale].generatorBoundNote}`, width));
  const notes = loadNotes(locale, kata, rows);
  if (notes.length > 0) parts.push(notes.map((note) => hang(note, width)).join('\n'));
  return [
    ...parts,
    ...pathsOf(locale, record).map((lines) =>
      hang(lines.map((line) => `  ${line}`).join('\n'), width),
    ),
    ...storiesOf(locale, kata, rows, { run: record.folder, kata: folder }).map((story) =>
      hang(story, width),
    ),
    ...timelinesOf(locale, kata, record, width),
  ];
}

/** Of references that hold, where there are several to choose from. */
function strategiesOf({ cases }: RunRecord): string[] {
  const names = cases.filter((one) => !isOwn(one)).map(({ strategy }) => strategy);
  return new Set(names).size > 1 ? names : [];
}

/** Of a program of the learner's own that was judged and does not hold yet, or does. */
function pathsOf(locale: Locale, { cases }: RunRecord): string[][] {
  return cases
    .filter((one) => isOwn(one) && one.repetition === 1)
    .map((told) => rulePath(locale, told))
    .filter((lines) => lines.length > 0);
}

function timelinesOf(locale: Locale, kata: Kata, { cases }: RunRecord, width: number): string[] {
  return casesWithTimeline(cases).map((one) => {
    const [head = '', ...lines] = one.timeline
      ? timelineLines(locale, one.timeline, width - 4)
      : [];
    const title = `  ${style.bold(nameOf(kata, one))}: ${head}`;
    return [title, ...lines.map((line) => `    ${line}`)].join('\n');
  });
}

/** Title, conditions, services and runtimes. */
export function runHead(locale: Locale, kata: Kata, record: RunRecord, width: number): string {
  const t = runTexts[locale];
  const options = record.cases[0]?.options ?? {};
  const services = record.services.map(
    ({ name, version, provider, kept }) =>
      `${serviceTitles[name]} ${version} (${provider}${kept ? `, ${t.kept}` : ''})`,
  );
  const runtimes = runtimesOf(locale, record.cases);
  const title = style.bold(headOf(locale, kata));
  const parts = [title, kata.conditions(options)[locale], [...services, ...runtimes].join(', ')];
  const line = parts.join('     ');
  return stripVTControlCharacters(line).length <= width
    ? line
    : parts.map((part, at) => hang(at === 0 ? part : `  ${part}`, width)).join('\n');
}

function columnsOf(locale: Locale, kata: Kata, rows: readonly RunRow[]): Column<RunRow>[] {
  const t = runTexts[locale];
  const rowOf = (row: RunRow): RunRow => row;
  return [
    ...caseColumns(locale, kata, rows),
    ...countedColumns(locale, kata),
    ...latencyColumns(locale, rows, { rowOf, unit: ' ms', rank: { p95: 0, perSecond: 2 } }),
    unknownColumn(locale),
    { head: t.cpu, rank: 3, cell: ({ cpuMs }) => (cpuMs === null ? '' : `${cpuMs} ms`) },
    ...costColumns(locale, rowOf, 3),
    { head: t.verdict, align: 'left', rank: 0, cell: (row) => verdictCell(locale, row) },
  ];
}

function footOf(
  locale: Locale,
  record: RunRecord,
  ticked: readonly string[] | undefined,
  next: readonly string[] = [],
): string {
  const t = runTexts[locale];
  const lines = [`  ${record.folder}   ·   ${t.seed} ${record.seed}`];
  for (const item of ticked ?? []) lines.push(`  ${style.green('✔')} ${t.ticked(item)}`);
  if (ticked === undefined) lines.push(`  ${t.noRoot}`);
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  return [...lines, ...next].map((line) => hang(line, width)).join('\n');
}
