import path from 'node:path';
import { compareTexts } from '../../i18n/compare.js';
import { pageTexts } from '../../i18n/page.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { KataOnDisk } from '../../kata/discover.js';
import type { RunRecord } from '../../kata/run-record.js';
import { hang } from './hang.js';
import { print, printJson, printProgress } from './output.js';
import { runHead } from './run.js';
import { verdictCell } from './verdict.js';
import { ratioColumns, sideColumns } from '../view/compared-columns.js';
import { storiesOf } from './run-stories.js';
import { renderTable, type Rest } from './table.js';
import type { ComparedCase, Side } from '../view/comparison.js';
import { tellLimit } from '../view/limit.js';
import { tellImprovement, type Improvement } from '../view/improvement.js';
import { languageNames } from '../view/sides.js';
import { style } from './style.js';
import { foreignLine, foreignRecord } from '../view/foreign.js';

/** For machines: the run as it is stored, and what the comparison came to. */
export function compareJson(
  record: RunRecord,
  cases: readonly ComparedCase[],
  {
    page,
    improvement,
    ticked,
  }: {
    page: string | undefined;
    /** Of two versions of the learner's own alone. */
    improvement: Improvement | undefined;
    ticked: readonly string[];
  },
): void {
  const comparison = cases.map(({ name, sides, ratios }) => ({
    name,
    sides: sides.map(({ language, program, row, limit }) => ({
      ...{
        language,
        runtime: row.first.implementation.runtime,
        program,
        rounds: row.cases.length,
        latency: row.latency,
        cpuPerRequest: row.cpuPerRequest,
        limit,
      },
      peakRssBytes: row.peakRssBytes,
      verdicts: Object.fromEntries(row.verdicts),
    })),
    ratios,
  }));
  printJson({
    ...{ record, comparison, page: page ?? null },
    ...(improvement && { improvement, ticked }),
  });
}

/** Head, and for each case its figures, its ratios and what was the limit. */
export function reportComparison(
  locale: Locale,
  { kata, folder }: KataOnDisk,
  run: RunRecord,
  compared: readonly ComparedCase[],
  rest: Rest = 'below',
): void {
  const [record, cases] = foreignRecord([run, compared] as const);
  if (record.cases.length === 0) return;
  const t = compareTexts[locale];
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  const rounds = Math.max(1, ...record.cases.map(({ repetition }) => repetition));
  const rows = cases.flatMap(({ sides }) => sides.map(({ row }) => row));
  const stories = storiesOf(locale, kata, rows, { run: record.folder, kata: folder });
  const parts = [
    runHead(locale, kata, record, width),
    ...cases.flatMap((one) => caseParts(locale, one, width, rest)),
    hang(`  ${t.tableNote(rounds)}`, width),
    hang(`  ${t.ratioNote(rounds)}`, width),
    ...stories.map((story) => hang(story, width)),
  ];
  print(`${parts.join('\n\n')}\n`);
}

/** Where it is stored, and what was written. */
export function reportPage(
  locale: Locale,
  record: RunRecord,
  {
    written,
    root,
    cwd,
    page,
  }: {
    written: { path: string } | undefined;
    root: string | undefined;
    cwd: string;
    /** The run's own. */
    page: string | undefined;
  },
): void {
  const t = compareTexts[locale];
  const r = runTexts[locale];
  const lines = [`  ${record.folder}   ·   ${r.seed} ${record.seed}`];
  if (written) lines.push(`  ${style.green('✔')} ${t.wrote(path.relative(cwd, written.path))}`);
  else lines.push(`  ${root === undefined ? t.noRoot : t.notWritten}`);
  if (page !== undefined) lines.push(`  ${pageTexts[locale].reportAt(foreignLine(page))}`);
  print(`\n${lines.join('\n')}\n`);
  if (record.outcome === 'interrupted') printProgress(r.interrupted);
}

/** Whether the newer version's p99 is shown to be lower, and what that ticked. */
export function reportImprovement(
  locale: Locale,
  improvement: Improvement,
  ticked: readonly string[],
): void {
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  const mark = improvement.shown ? style.green('✔') : style.dim('·');
  const lines = [
    `  ${mark} ${tellImprovement(locale, improvement)}`,
    ...ticked.map((item) => `  ${style.green('✔')} ${runTexts[locale].ticked(item)}`),
  ];
  print(`${lines.map((line) => hang(line, width)).join('\n')}\n`);
}

function caseParts(
  locale: Locale,
  { name, sides, ratios }: ComparedCase,
  width: number,
  rest: Rest,
): string[] {
  const t = compareTexts[locale];
  const verdict = (side: Side): string => verdictCell(locale, side.row);
  const columns = sideColumns(locale, sides, { unit: ' ms', verdict });
  const limits = sides.map(({ language, limit }) =>
    hang(`    ${languageNames[language] ?? language}: ${tellLimit(locale, limit)}`, width),
  );
  return [
    `  ${style.bold(name)}`,
    renderTable(locale, columns, sides, width, rest),
    ...(ratios.length > 0
      ? [renderTable(locale, ratioColumns(locale, ratios), ratios, width, rest)]
      : []),
    [`  ${t.limitedBy}`, ...limits].join('\n'),
  ];
}
