import { cutOffTexts } from '../../i18n/cut-off.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { CutOffCase, CutOffRun } from '../../kata/cut-off-run.js';
import { hang } from './hang.js';
import { print } from './output.js';
import { style } from './style.js';
import { renderTable } from './table.js';
import { foreignRecord } from '../view/foreign.js';

/** What a run has left that was cut off, case by case; of a verdict there can be no talk. */
export function reportCutOff(locale: Locale, told: CutOffRun): void {
  const t = cutOffTexts[locale];
  const { kata, cases, folder, seed, command } = foreignRecord(told);
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  const columns = [
    { head: t.case, align: 'left' as const, rank: 0, key: true as const, cell: slugOf },
    {
      head: t.state,
      align: 'left' as const,
      rank: 0,
      cell: (one: CutOffCase) => stateOf(locale, one),
    },
    {
      head: t.saw,
      align: 'left' as const,
      rank: 1,
      cell: (one: CutOffCase) => seenIn(locale, one),
    },
  ];
  const parts = [
    style.bold(kata),
    hang(`  ${style.yellow('?')} ${t.cutOff}`, width),
    renderTable(locale, columns, cases, width),
    `  ${folder}   ·   ${runTexts[locale].seed} ${seed}\n  → plan ${command.join(' ')}   (${t.again})`,
  ];
  print(`${parts.join('\n\n')}\n`);
}

const slugOf = ({ slug }: CutOffCase): string => slug;

function stateOf(locale: Locale, { state, act }: CutOffCase): string {
  const t = cutOffTexts[locale];
  return act === undefined ? t[state] : `${t[state]}, ${t.inAct(act)}`;
}

function seenIn(locale: Locale, { events, counts, lastMs }: CutOffCase): string {
  const t = cutOffTexts[locale];
  if (lastMs === null) return t.nothing;
  return `${t.seen(events, counts.requests, counts.unknown)}, ${t.until(String(lastMs))}`;
}
