import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Verdict } from '../../kata/findings.js';
import type { RunRow } from '../view/rows.js';
import { generatorNote, verdictMarks, verdictsOf } from '../view/verdict.js';
import { style } from './style.js';

/** `✔ holds`, `✘ violated, as expected` */
export function verdictCell(locale: Locale, row: RunRow): string {
  const [only, ...others] = row.verdicts.keys();
  const isMixed = others.length > 0;
  const told = verdictsOf(locale, row).map((one) => one.told);
  const isExpected = row.asExpected && only === 'violated' && !isMixed;
  const notes = [
    ...(isExpected ? [runTexts[locale].asExpected] : []),
    ...[generatorNote(locale, row) ?? []].flat(),
  ];
  const mark = only === undefined || isMixed ? '!' : verdictMarks[only];
  return paint(row, only, `${mark} ${[...told, ...notes].join(', ')}`);
}

function paint(row: RunRow, only: Verdict | undefined, text: string): string {
  if (row.asExpected) return only === 'violated' ? style.yellow(text) : style.green(text);
  return only === 'inconclusive' ? style.yellow(text) : style.red(text);
}
