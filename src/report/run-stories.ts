import chalk from 'chalk';
import { runTexts } from '../i18n/run.js';
import { say, texts } from '../i18n/text.js';
import type { Kata } from '../kata/define.js';
import type { CaseRecord } from '../kata/run-record.js';
import type { RunRow } from './run-rows.js';

/** For every row that did not simply hold: what broke, by which operations, or what was missing. */
export function storiesOf(kata: Kata, rows: readonly RunRow[]): string[] {
  return rows.flatMap((row) => {
    // Of repetitions, the one that matters most: unexpected before expected.
    const told = row.cases.find((one) => !one.asExpected) ?? row.cases[0];
    if (!told || (told.verdict === 'holds' && told.asExpected)) return [];
    const name = chalk.bold(nameOf(kata, told));
    return [`  ${name}${repetitionOf(row, told)}\n${linesOf(told).map(indent).join('\n')}`];
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

function linesOf(told: CaseRecord): string[] {
  const t = texts(runTexts);
  if (told.error) {
    const { what, mend } = told.error;
    return [chalk.red(`! ${what}`), ...(mend === undefined ? [] : [`→ ${mend}`])];
  }
  const broken = told.findings.filter((finding) => !finding.holds);
  if (broken.length > 0)
    return broken.flatMap(({ rule, invariant, witness }) => [
      `${chalk.red('✘')} ${say(rule)} ${chalk.dim(`[${invariant}]`)}`,
      ...(witness ? [`  ${say(witness.story).replaceAll('\n', '\n    ')}`] : []),
    ]);
  const missing = told.coverage.filter((condition) => !condition.met);
  if (missing.length > 0)
    return missing.map(({ story }) => `${chalk.yellow('?')} ${t.coverageMissing}: ${say(story)}`);
  return [`${chalk.yellow('?')} ${t.failureDidNotShow}`];
}

function indent(line: string): string {
  return `    ${line}`;
}
