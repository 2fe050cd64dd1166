import { replayTexts } from '../i18n/replay.js';
import { runTexts } from '../i18n/run.js';
import { say, texts } from '../i18n/text.js';
import type { Kata } from '../kata/define.js';
import type { CaseOutcome, CaseRate } from '../kata/replay.js';
import type { RunRecord } from '../kata/run-record.js';
import { hang } from './hang.js';
import { print, printJson } from './output.js';
import { renderTable, type TableColumn } from './table.js';
import { style } from './style.js';
import { foreignRecord } from './view/foreign.js';

interface Replayed {
  readonly rounds: readonly RunRecord[];
  readonly changed: readonly string[];
}

/** How often each outcome came back, a row for each case. */
export function reportReplay(
  kata: Kata,
  stored: RunRecord,
  replayed: Replayed,
  rates: readonly CaseRate[],
): void {
  const t = texts(replayTexts);
  const { rounds, changed } = foreignRecord(replayed);
  if (rounds.length === 0) return;
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  const title = style.bold(`${kata.id.replace('kata-', 'Kata ')} · ${say(kata.title)}`);
  const folders = rounds.map(({ folder }) => `  ${folder}`).join('\n');
  print(
    [
      `${title}     ${t.replayOf(stored.folder, stored.seed)}`,
      renderTable(columnsOf(), foreignRecord(rates), width),
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

function columnsOf(): TableColumn<CaseRate>[] {
  const t = texts(replayTexts);
  return [
    { head: t.case, align: 'left', rank: 0, key: true, cell: ({ slug }) => slug },
    { head: t.then, align: 'left', rank: 1, cell: ({ was }) => wordsOf(was) },
    { head: t.cameBack, rank: 0, cell: rateOf },
    { head: t.otherwise, align: 'left', rank: 1, cell: othersOf },
  ];
}

function rateOf({ cameBack, of }: CaseRate): string {
  const text = texts(replayTexts).rate(cameBack, of);
  return cameBack === of ? style.green(text) : style.yellow(text);
}

function othersOf({ was, outcomes }: CaseRate): string {
  return outcomes
    .filter((outcome) => wordsOf(outcome) !== wordsOf(was))
    .map((outcome) => `${wordsOf(outcome)}: ${outcome.times}`)
    .join(', ');
}

/** `violated (no-overselling)` */
function wordsOf({ verdict, broken }: CaseOutcome): string {
  const name = texts(runTexts)[verdict];
  return broken.length === 0 ? name : `${name} (${broken.join(', ')})`;
}
