import path from 'node:path';
import { displayPath } from '../../base/display-path.js';
import { formatMs } from '../../base/units.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import { contractLine } from '../../kata/contract-line.js';
import type { Kata } from '../../kata/define.js';
import {
  isBroken,
  isUndecided,
  type Finding,
  type Margin,
  type Witness,
} from '../../kata/findings.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { nameOf, type RunRow } from '../view/rows.js';
import { style } from './style.js';

/** Where more can be read. */
interface Folders {
  /** As the record has it. */
  readonly run: string;
  /** With the kata's contract; undefined where nobody is to look it up. */
  readonly kata: string | undefined;
}

/** For every row that did not simply hold: what broke, by which operations, what was missing, what was near. */
export function storiesOf(
  locale: Locale,
  kata: Kata,
  rows: readonly RunRow[],
  folders: Folders,
): string[] {
  return rows.flatMap((row) => {
    // Of repetitions, the one that matters most: unexpected before expected.
    const told = row.cases.find((one) => !one.asExpected) ?? row.cases[0];
    const lines = told ? linesOf(locale, told, folders) : [];
    if (!told || lines.length === 0) return [];
    const name = style.bold(nameOf(kata, told));
    return [`  ${name}${repetitionOf(row, told)}\n${lines.map(indent).join('\n')}`];
  });
}

function repetitionOf(row: RunRow, told: CaseRecord): string {
  return row.cases.length > 1 ? ` (${told.repetition}/${row.cases.length})` : '';
}

function linesOf(locale: Locale, told: CaseRecord, folders: Folders): string[] {
  const lines = [...onlyActs(locale, told), ...whatHappened(locale, told, folders)];
  // Of a program that did as it should, nobody reads the log.
  if (told.asExpected || told.counts.requests + told.findings.length === 0) return lines;
  const logs = Object.keys(told.cast ?? { '': {} }).map((role) =>
    path.join(folders.run, 'logs', `${told.slug}${role === '' ? '' : `.${role}`}.log`),
  );
  return [...lines, style.dim(`${runTexts[locale].itsLog}: ${logs.join(', ')}`)];
}

function onlyActs(locale: Locale, { acts, taught }: CaseRecord): string[] {
  if (acts === undefined) return [];
  const t = runTexts[locale];
  return [(taught ? t.taughtActs : t.onlyActs)(acts.join(', '))];
}

function whatHappened(locale: Locale, told: CaseRecord, folders: Folders): string[] {
  const t = runTexts[locale];
  if (told.error) {
    const { what, mend } = told.error;
    return [style.red(`! ${what}`), ...(mend === undefined ? [] : [`→ ${mend}`])];
  }
  const broken = told.findings.filter(isBroken);
  if (broken.length > 0)
    return broken.flatMap(({ rule, invariant, witness, act, margin }) => [
      `${style.red('✘')} ${rule[locale]} ${style.dim(`[${invariant}]${act === undefined ? '' : ` ${t.inAct(act)}`}`)}`,
      ...(witness ? [`  ${witness.story[locale]}`] : []),
      ...(margin ? [style.dim(`  ${measuredOf(locale, margin)}`)] : []),
      ...contractOf(locale, folders.kata, invariant, witness),
    ]);
  const unsaid = [...neverHappened(locale, told), ...notTold(locale, told)];
  if (unsaid.length > 0) return unsaid;
  if (told.verdict === 'holds') return nearMisses(locale, told);
  return [`${style.yellow('?')} ${t.failureDidNotShow}`];
}

function neverHappened(locale: Locale, { coverage }: CaseRecord): string[] {
  const t = runTexts[locale];
  const missing = coverage.filter((condition) => !condition.met);
  return missing.map(({ story }) => `${style.yellow('?')} ${t.coverageMissing}: ${story[locale]}`);
}

/** Rules that this run was not fine enough for. */
function notTold(locale: Locale, { findings }: CaseRecord): string[] {
  const t = runTexts[locale];
  return findings
    .filter(isUndecided)
    .flatMap(({ rule, invariant, undecided, margin }) => [
      `${style.yellow('?')} ${rule[locale]} ${style.dim(`[${invariant}]`)}`,
      `  ${t.couldNotTell}${undecided ? `: ${undecided[locale]}` : ''}`,
      ...(margin ? [style.dim(`  ${measuredOf(locale, margin)}`)] : []),
    ]);
}

/** Of rules that hold, those that a little more would have broken. */
function nearMisses(locale: Locale, { findings }: CaseRecord): string[] {
  return findings
    .filter(isNear)
    .flatMap(({ invariant, margin }) =>
      margin ? [style.dim(`≈ ${measuredOf(locale, margin)} [${invariant}]`)] : [],
    );
}

const nearShare = 0.7;
const isNear = ({ margin }: Finding): boolean =>
  margin !== undefined && margin.value > nearShare * margin.limit;

/** `the latest wait: 130 of at most 150 ms` */
function measuredOf(locale: Locale, { what, value, limit, unit, resolution }: Margin): string {
  const t = runTexts[locale];
  const [shown, most] = [value, limit].map(formatMs) as [string, string];
  const told = `${what[locale]}: ${t.ofAtMost(shown, most, unit)}`;
  if (resolution === undefined) return told;
  return `${told}, ${t.toldApartFrom(formatMs(resolution), unit)}`;
}

/** `the contract: katas/…/brief.en.md:24` */
function contractOf(
  locale: Locale,
  folder: string | undefined,
  invariant: string,
  witness: Witness | undefined,
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
