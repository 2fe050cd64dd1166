import { dlqTexts } from '../../../i18n/dlq.js';
import type { Locale } from '../../../i18n/text.js';
import type { LetterOutcome } from '../../../kata/dead-letters.js';
import type { RunRecord } from '../../../kata/run-record.js';
import { hang } from '../hang.js';
import { print, printJson } from '../output.js';
import { renderTable } from '../table.js';
import type { Column } from '../../view/columns.js';
import { style } from '../style.js';
import { foreignRecord } from '../../view/foreign.js';

export interface ReportedReplay {
  readonly record: RunRecord;
  readonly outcomes: readonly LetterOutcome[];
  readonly mended: boolean;
  /** How many were left alone. */
  readonly kept: number;
}

/** What became of each. */
export function reportReplayed(locale: Locale, replayed: ReportedReplay): void {
  const { record, outcomes, mended, kept } = foreignRecord(replayed);
  const t = dlqTexts[locale];
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  const error = record.cases[0]?.error;
  const dead = kept + outcomes.filter(({ became }) => became === 'dead').length;
  const parts = [
    style.bold(t.replayTitle(outcomes.length, mended)),
    ...(outcomes.length === 0 ? [] : [renderTable(locale, columnsOf(locale), outcomes, width)]),
    ...(error ? [hang(`  ${style.red('✘')} ${t.ended(error.what)}`, width)] : []),
    ...(kept === 0 ? [] : [`  ${t.kept(kept)}`]),
    `  ${t.stillDead(dead)}`,
    `  ${record.folder}`,
  ];
  print(`${parts.join('\n\n')}\n`);
}

export function replayedJson({ record, outcomes, mended, kept }: ReportedReplay): void {
  const { folder, kata, outcome } = record;
  printJson({ run: folder, kata, outcome, mended, kept, letters: outcomes });
}

function columnsOf(locale: Locale): Column<LetterOutcome>[] {
  const t = dlqTexts[locale];
  return [
    {
      head: t.id,
      align: 'left',
      rank: 0,
      key: true,
      cell: ({ id }) => (id === '' ? t.unknown : id),
    },
    { head: t.outcome, align: 'left', rank: 0, cell: (one) => becameOf(locale, one) },
    { head: t.attempts, rank: 1, cell: ({ attempts }) => String(attempts) },
    { head: t.reason, align: 'left', rank: 1, cell: ({ reason }) => reason ?? '' },
  ];
}

function becameOf(locale: Locale, { became, must }: LetterOutcome): string {
  const t = dlqTexts[locale];
  return became === must
    ? `${style.green('✔')} ${t.became[became]}, ${t.asItMust}`
    : `${style.red('✘')} ${t.became[became]}, ${t.notAsItMust(t.became[must])}`;
}
