import path from 'node:path';
import { displayPath } from '../../base/display-path.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import { contractLine } from '../../kata/contract-line.js';
import type { Kata } from '../../kata/define.js';
import type { Finding } from '../../kata/findings.js';
import type { RunRow } from '../view/rows.js';
import { measuredOf, storiesOf as toldBy, type Piece } from '../view/stories.js';
import { style } from './style.js';

/** Where more can be read. */
interface Folders {
  /** As the record has it. */
  readonly run: string;
  /** With the kata's contract; undefined where nobody is to look it up. */
  readonly kata: string | undefined;
}

/** The stories of a run's rows, a text each. */
export function storiesOf(
  locale: Locale,
  kata: Kata,
  rows: readonly RunRow[],
  folders: Folders,
): string[] {
  return toldBy(locale, kata, rows).map(({ name, repetition, pieces }) => {
    const lines = pieces.flatMap((piece) => linesOf(locale, piece, folders));
    const which = repetition === undefined ? '' : ` (${repetition})`;
    return `  ${style.bold(name)}${which}\n${lines.map(indent).join('\n')}`;
  });
}

function linesOf(locale: Locale, piece: Piece, folders: Folders): string[] {
  const t = runTexts[locale];
  switch (piece.kind) {
    case 'acts':
      return [piece.text];
    case 'error': {
      const { what, mend } = piece.error;
      return [style.red(`! ${what}`), ...(mend === undefined ? [] : [`→ ${mend}`])];
    }
    case 'broken':
      return brokenLines(locale, piece.finding, folders.kata);
    case 'missing':
      return [`${style.yellow('?')} ${t.coverageMissing}: ${piece.story}`];
    case 'undecided':
      return undecidedLines(locale, piece.finding);
    case 'not-shown':
      return [`${style.yellow('?')} ${t.failureDidNotShow}`];
    case 'near':
      return [style.dim(`≈ ${measuredOf(locale, piece.margin)} [${piece.invariant}]`)];
    case 'logs': {
      const files = piece.files.map((file) => path.join(folders.run, file));
      return [style.dim(`${t.itsLog}: ${files.join(', ')}`)];
    }
  }
}

function brokenLines(locale: Locale, finding: Finding, folder: string | undefined): string[] {
  const { rule, invariant, witness, act, margin } = finding;
  const where = act === undefined ? '' : ` ${runTexts[locale].inAct(act)}`;
  return [
    `${style.red('✘')} ${rule[locale]} ${style.dim(`[${invariant}]${where}`)}`,
    ...(witness ? [`  ${witness.story[locale]}`] : []),
    ...(margin ? [style.dim(`  ${measuredOf(locale, margin)}`)] : []),
    ...contractOf(locale, folder, finding),
  ];
}

function undecidedLines(locale: Locale, { rule, invariant, undecided, margin }: Finding): string[] {
  return [
    `${style.yellow('?')} ${rule[locale]} ${style.dim(`[${invariant}]`)}`,
    `  ${runTexts[locale].couldNotTell}${undecided ? `: ${undecided[locale]}` : ''}`,
    ...(margin ? [style.dim(`  ${measuredOf(locale, margin)}`)] : []),
  ];
}

/** `the contract: katas/…/brief.en.md:24` */
function contractOf(
  locale: Locale,
  folder: string | undefined,
  { invariant, witness }: Finding,
): string[] {
  if (folder === undefined || witness === undefined) return [];
  const found = contractLine(folder, invariant, witness.request, locale);
  if (!found) return [];
  const file = displayPath(found.file, process.cwd());
  return [style.dim(`  ${runTexts[locale].theContract}: ${file}:${found.line}`)];
}

function indent(line: string): string {
  return `    ${line.replaceAll('\n', '\n    ')}`;
}
