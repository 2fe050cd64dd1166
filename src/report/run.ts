import { stripVTControlCharacters } from 'node:util';
import { formatMegabytes, formatMs } from '../base/units.js';
import { runTexts } from '../i18n/run.js';
import type { Locale } from '../i18n/text.js';
import type { Kata } from '../kata/define.js';
import type { KataOnDisk } from '../kata/discover.js';
import type { Verdict } from '../kata/findings.js';
import type { RunRecord } from '../kata/run-record.js';
import { serviceTitles } from '../kata/services.js';
import { renderCharts } from './exhibits/chart.js';
import { renderExhibits } from './exhibits/exhibits.js';
import { hang } from './hang.js';
import { headOf } from './head.js';
import { print, printProgress } from './output.js';
import { loadNotes } from './run-load.js';
import { rolesTable } from './run-roles.js';
import { costLines, onwardLines } from './run-end.js';
import { rulePath } from './rule-path.js';
import { rowsOf, runtimesOf, type RunRow } from './run-rows.js';
import { nameOf, storiesOf } from './run-stories.js';
import { renderTable, type Rest, type TableColumn } from './table.js';
import { casesWithTimeline, timelineLines } from './timeline.js';
import { style } from './style.js';
import { foreignRecord } from './view/foreign.js';
import { isOwn, type Onward } from './view/onward.js';

/** Tells the end of the report: where it is stored, and what was ticked, if there is a root. */
type ReportEnd = (ticked: readonly string[] | undefined, onward?: Onward) => void;

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
  return (ticked, onward) => {
    const next = onward && onwardLines(locale, kata, foreignRecord(onward));
    print(`\n${footOf(locale, record, ticked, next)}\n`);
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
  if (exhibits.length > 0) parts.push(...exhibits);
  else if (rows.length > 0)
    parts.push(renderTable(locale, columnsOf(locale, kata, rows), rows, width, rest));
  if (exhibits.length === 0 && rows.some((row) => row.cases.length > 1))
    parts.push(`  ${runTexts[locale].medianNote(rows[0]?.cases.length ?? 0)}`);
  const roles = rolesTable(locale, kata, rows, width);
  if (roles !== undefined) parts.push(roles);
  const costs = costLines(locale, kata, strategiesOf(record));
  if (costs.length > 0) parts.push(costs.map((line) => hang(line, width)).join('\n'));
  parts.push(...renderCharts(locale, kata, rows, width));
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
    ...timelinesOf(locale, kata, record),
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

function timelinesOf(locale: Locale, kata: Kata, { cases }: RunRecord): string[] {
  return casesWithTimeline(cases).map((one) => {
    const [head = '', ...lines] = one.timeline ? timelineLines(locale, one.timeline) : [];
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

function columnsOf(locale: Locale, kata: Kata, rows: readonly RunRow[]): TableColumn<RunRow>[] {
  const t = runTexts[locale];
  return [
    { head: t.strategy, align: 'left', rank: 0, key: true, cell: ({ first }) => first.strategy },
    ...choiceColumns(kata),
    ...(new Set(rows.map(({ first }) => first.implementation.language)).size > 1
      ? [languageColumn(locale)]
      : []),
    ...kata.columns.map(({ figure, head }) => ({
      head: head[locale],
      rank: 1,
      cell: ({ figures }: RunRow) => String(figures[figure] ?? '–'),
    })),
    ...latencyColumns(locale, rows),
    { head: t.unknown, rank: 3, cell: ({ unknown }) => (unknown > 0 ? String(unknown) : '') },
    { head: t.cpu, rank: 3, cell: ({ cpuMs }) => (cpuMs === null ? '' : `${cpuMs} ms`) },
    {
      head: t.cpuPerRequest,
      rank: 3,
      cell: ({ cpuPerRequest }) =>
        cpuPerRequest === null ? '' : String(Math.round(cpuPerRequest)),
    },
    {
      head: t.memory,
      rank: 3,
      cell: ({ peakRssBytes }) => (peakRssBytes === null ? '' : formatMegabytes(peakRssBytes)),
    },
    { head: t.verdict, align: 'left', rank: 0, cell: (row) => verdictCell(locale, row) },
  ];
}

/** None where nothing was measured: a worker is asked no requests. */
function latencyColumns(locale: Locale, rows: readonly RunRow[]): TableColumn<RunRow>[] {
  if (rows.every(({ latency }) => latency === null)) return [];
  const ms = (head: string, rank: number, key: 'p50' | 'p95' | 'p99' | 'p999' | 'max') => ({
    head: `${head} ms`,
    rank,
    cell: (row: RunRow) => (row.latency ? formatMs(row.latency[key]) : '–'),
  });
  return [
    { head: 'n', rank: 2, cell: ({ latency }) => String(latency?.n ?? 0) },
    ms('p50', 2, 'p50'),
    ms('p95', 0, 'p95'),
    ms('p99', 2, 'p99'),
    ...(rows.some(({ latency }) => latency?.p999) ? [ms('p99.9', 3, 'p999')] : []),
    ms('max', 3, 'max'),
    {
      head: runTexts[locale].perSecond,
      rank: 2,
      cell: ({ latency }) => (latency ? String(Math.round(latency.throughput)) : '–'),
    },
  ];
}

/** Of a comparison: the same case in several languages. */
function languageColumn(locale: Locale): TableColumn<RunRow> {
  return {
    head: runTexts[locale].language,
    align: 'left',
    rank: 0,
    key: true,
    cell: ({ first }) => first.implementation.language,
  };
}

/** The choices that tell cases of the lesson apart: `isolation`. */
function choiceColumns(kata: Kata): TableColumn<RunRow>[] {
  return Object.entries(kata.options)
    .filter(([, spec]) => spec.kind === 'choice' && spec.picksCase)
    .map(([name]) => ({
      head: name,
      align: 'left' as const,
      rank: 0,
      key: true as const,
      cell: ({ first }: RunRow) => String(first.options[name]).replaceAll('-', ' '),
    }));
}

/** `✔ holds`, `✘ violated, as expected` */
export function verdictCell(locale: Locale, row: RunRow): string {
  const t = runTexts[locale];
  const told = [...row.verdicts].map(([verdict, count]) => {
    const name = t[verdict];
    return row.cases.length > 1 ? `${name} ${t.times(count, row.cases.length)}` : name;
  });
  const [only] = row.verdicts.keys();
  const mixed = row.verdicts.size > 1;
  const expected = row.asExpected && only === 'violated' && !mixed ? `, ${t.asExpected}` : '';
  const note = row.generatorBound > 0 ? `${expected}, ${generatorNote(locale, row)}` : expected;
  return paint(row, only, `${markOf(row, only)} ${told.join(', ')}${note}`);
}

/** `generator-bound`, and in how many of the repetitions. */
export function generatorNote(locale: Locale, { generatorBound, cases }: RunRow): string {
  const t = runTexts[locale];
  if (cases.length === 1) return t.generatorBound;
  return `${t.generatorBound} ${t.times(generatorBound, cases.length)}`;
}

function markOf({ verdicts }: RunRow, only: Verdict | undefined): string {
  if (verdicts.size > 1) return '!';
  switch (only) {
    case 'holds':
      return '✔';
    case 'violated':
      return '✘';
    case 'inconclusive':
      return '?';
    case 'error':
    case undefined:
      return '!';
  }
}

function paint(row: RunRow, only: Verdict | undefined, text: string): string {
  if (row.asExpected) return only === 'violated' ? style.yellow(text) : style.green(text);
  return only === 'inconclusive' ? style.yellow(text) : style.red(text);
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
