import { replayTexts } from '../../i18n/replay.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { CaseOutcome, CaseRate } from '../../kata/replay.js';
import type { RunRecord } from '../../kata/run-record.js';
import { hang } from './hang.js';
import { print, printJson } from './output.js';
import { renderTable } from './table.js';
import type { Column } from '../view/columns.js';
import { style } from './style.js';
import { foreignRecord } from '../view/foreign.js';

interface Replayed {
  readonly rounds: readonly RunRecord[];
  readonly changed: readonly string[];
}

/** How often each outcome came back, a row for each case. */
export function reportReplay(
  locale: Locale,
  kata: Kata,
  stored: RunRecord,
  replayed: Replayed,
  rates: readonly CaseRate[],
): void {
  const t = replayTexts[locale];
  const { rounds, changed } = foreignRecord(replayed);
  if (rounds.length === 0) return;
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  const title = style.bold(`${kata.id.replace('kata-', 'Kata ')} · ${kata.title[locale]}`);
  const folders = rounds.map(({ folder }) => `  ${folder}`).join('\n');
  print(
    [
      `${title}     ${t.replayOf(stored.folder, stored.seed)}`,
      renderTable(locale, columnsOf(locale), foreignRecord(rates), width),
      ...changed.map((path) => hang(`  ${style.yellow('!')} ${t.changed(path)}`, width)),
      hang(`  ${t.note}`, width),
      folders,
      '',
    ].join('\n\n'),
  );
}

export function replayJson(
  stored: RunRecord,
  { rounds, changed }: Replayed,
  cases: readonly CaseRate[],
): void {
  printJson({
    run: stored.folder,
    kata: stored.kata,
    seed: stored.seed,
    times: rounds.length,
    cases,
    changed,
    runs: rounds.map(({ folder }) => folder),
  });
}

function columnsOf(locale: Locale): Column<CaseRate>[] {
  const t = replayTexts[locale];
  return [
    { head: t.case, align: 'left', rank: 0, key: true, cell: ({ slug }) => slug },
    { head: t.then, align: 'left', rank: 1, cell: ({ was }) => wordsOf(locale, was) },
    { head: t.cameBack, rank: 0, cell: (one) => rateOf(locale, one) },
    { head: t.otherwise, align: 'left', rank: 1, cell: (one) => othersOf(locale, one) },
  ];
}

function rateOf(locale: Locale, { cameBack, of }: CaseRate): string {
  const text = replayTexts[locale].rate(cameBack, of);
  return cameBack === of ? style.green(text) : style.yellow(text);
}

function othersOf(locale: Locale, { was, outcomes }: CaseRate): string {
  return outcomes
    .filter((outcome) => wordsOf(locale, outcome) !== wordsOf(locale, was))
    .map((outcome) => `${wordsOf(locale, outcome)}: ${outcome.times}`)
    .join(', ');
}

/** `violated (no-overselling)` */
function wordsOf(locale: Locale, { verdict, broken }: CaseOutcome): string {
  const name = runTexts[locale][verdict];
  return broken.length === 0 ? name : `${name} (${broken.join(', ')})`;
}
