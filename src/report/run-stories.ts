import path from 'node:path';
import { displayPath } from '../base/display-path.js';
import { runTexts } from '../i18n/run.js';
import { getLocale, say, texts } from '../i18n/text.js';
import { contractLine } from '../kata/contract-line.js';
import type { Kata } from '../kata/define.js';
import type { Witness } from '../kata/findings.js';
import type { CaseRecord } from '../kata/run-record.js';
import type { RunRow } from './run-rows.js';
import { style } from './style.js';

/** Where more can be read. */
interface Folders {
  /** As the record has it. */
  readonly run: string;
  /** With the kata's contract; undefined where nobody is to look it up. */
  readonly kata: string | undefined;
}

/** For every row that did not simply hold: what broke, by which operations, or what was missing. */
export function storiesOf(kata: Kata, rows: readonly RunRow[], folders: Folders): string[] {
  return rows.flatMap((row) => {
    // Of repetitions, the one that matters most: unexpected before expected.
    const told = row.cases.find((one) => !one.asExpected) ?? row.cases[0];
    if (!told || (told.verdict === 'holds' && told.asExpected && !told.acts)) return [];
    const name = style.bold(nameOf(kata, told));
    return [
      `  ${name}${repetitionOf(row, told)}\n${linesOf(told, folders).map(indent).join('\n')}`,
    ];
  });
}

/** `naive, read committed` */
export function nameOf(kata: Kata, { strategy, options }: CaseRecord): string {
  const choices = Object.entries(kata.options)
    .filter(([, spec]) => spec.kind === 'choice' && spec.picksCase)
    .map(([name]) => String(options[name]).replaceAll('-', ' '));
  return [strategy, ...choices].join(', ');
}

function repetitionOf(row: RunRow, told: CaseRecord): string {
  return row.cases.length > 1 ? ` (${told.repetition}/${row.cases.length})` : '';
}

function linesOf(told: CaseRecord, folders: Folders): string[] {
  const lines = [...onlyActs(told), ...whatHappened(told, folders)];
  // Of a program that did as it should, nobody reads the log.
  if (told.asExpected || told.counts.requests + told.findings.length === 0) return lines;
  const log = path.join(folders.run, 'logs', `${told.slug}.log`);
  return [...lines, style.dim(`${texts(runTexts).itsLog}: ${log}`)];
}

function onlyActs({ acts }: CaseRecord): string[] {
  return acts ? [texts(runTexts).onlyActs(acts.join(', '))] : [];
}

function whatHappened(told: CaseRecord, folders: Folders): string[] {
  const t = texts(runTexts);
  if (told.error) {
    const { what, mend } = told.error;
    return [style.red(`! ${what}`), ...(mend === undefined ? [] : [`→ ${mend}`])];
  }
  const broken = told.findings.filter((finding) => !finding.holds);
  if (broken.length > 0)
    return broken.flatMap(({ rule, invariant, witness, act }) => [
      `${style.red('✘')} ${say(rule)} ${style.dim(`[${invariant}]${act === undefined ? '' : ` ${t.inAct(act)}`}`)}`,
      ...(witness ? [`  ${say(witness.story)}`] : []),
      ...contractOf(folders.kata, invariant, witness),
    ]);
  const missing = told.coverage.filter((condition) => !condition.met);
  if (missing.length > 0)
    return missing.map(({ story }) => `${style.yellow('?')} ${t.coverageMissing}: ${say(story)}`);
  if (told.verdict === 'holds') return [];
  return [`${style.yellow('?')} ${t.failureDidNotShow}`];
}

/** `the contract: katas/…/brief.en.md:24` */
function contractOf(
  folder: string | undefined,
  invariant: string,
  witness: Witness | undefined,
): string[] {
  if (folder === undefined || witness === undefined) return [];
  const found = contractLine(folder, invariant, witness.request, getLocale());
  if (!found) return [];
  const file = displayPath(found.file, process.cwd());
  return [style.dim(`  ${texts(runTexts).theContract}: ${file}:${found.line}`)];
}

function indent(line: string): string {
  return `    ${line.replaceAll('\n', '\n    ')}`;
}
