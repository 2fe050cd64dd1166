import { explainTexts } from '../../i18n/explain.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { foreignLine, foreignRecord } from '../view/foreign.js';
import { pictureOf, type Block } from '../view/interleaving/picture.js';
import { nameOf } from '../view/rows.js';
import { columns } from './columns.js';
import { hang } from './hang.js';
import { print } from './output.js';
import { style, type Paint } from './style.js';

const plain: Paint = (text) => text;
const paints: Readonly<Record<Block['kind'], Paint>> = {
  head: style.dim,
  step: plain,
  refused: style.yellow,
  seen: style.cyan,
  moment: style.red,
  held: style.green,
  note: style.dim,
};

/** The picture of one case; nothing where it has none. @param tell is given piece after piece */
export function reportExplained(
  locale: Locale,
  kata: Kata,
  told: CaseRecord,
  tell: (piece: string) => void = print,
): void {
  const { interleaving, ...one } = foreignRecord(told);
  if (interleaving === undefined) return;
  const t = explainTexts[locale];
  const width = Math.max(40, columns());
  const { about, invariant } = interleaving;
  const rule = one.findings.find((finding) => finding.invariant === invariant)?.rule[locale];
  const why = about === 'witness' ? t.about.witness(rule ?? invariant ?? '') : t.about[about];
  tell([`  ${style.bold(t.title(nameOf(kata, one)))}`, hang(`  ${why}`, width), ''].join('\n'));
  for (const { kind, lines } of pictureOf(locale, interleaving, width))
    tell(lines.map((line) => paints[kind](line)).join('\n'));
}

/** After a run: what its times are worth, and how to go through it again. */
export function explainedEnd(locale: Locale, folder: string): void {
  const t = explainTexts[locale];
  print(`\n${hang(`  ${t.slower} ${t.again(foreignLine(folder))}`, Math.max(40, columns()))}`);
}
