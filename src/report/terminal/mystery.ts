import { mysteryTexts } from '../../i18n/mystery.js';
import type { Locale } from '../../i18n/text.js';
import type { MysteryMetric } from '../../kata/mystery.js';
import type { Column } from '../view/columns.js';
import {
  figuresOf,
  logOf,
  lookAt,
  metricColumns,
  traceCommand,
  type MysteryView,
  type SolvedView,
} from '../view/mystery.js';
import { foreignRecord } from '../view/foreign.js';
import { hang } from './hang.js';
import { print, printJson } from './output.js';
import { style } from './style.js';
import { renderTable } from './table.js';

/** All that is known of a mystery that is open, and what can be done about it. */
export function reportMystery(locale: Locale, given: MysteryView): void {
  const view = foreignRecord(given);
  const t = mysteryTexts[locale];
  const { number, opening, causes } = view;
  const width = process.stdout.columns || 80;
  const told = [
    opening.complaint[locale],
    ...(opening.about.length > 0 ? [t.about(opening.about.join(', '))] : []),
    ...figuresOf(locale, opening),
  ];
  print(
    `${[
      style.bold(t.title(number)),
      hang(told.map((line) => `  ${line}`).join('\n'), width),
      section(t.metrics, renderTable(locale, together(locale), opening.metrics, width)),
      section(t.means, meansOf(locale, view, width)),
      section(
        t.causes,
        pairs(
          causes.map(({ name, title }) => [name, title[locale]]),
          width,
        ),
      ),
      ...hintsOf(locale, view, width),
      onwardOf(locale, view),
    ].join('\n\n')}\n`,
  );
}

/** A metric and its labels in one column: beside each other they leave no room for the figures. */
function together(locale: Locale): Column<MysteryMetric>[] {
  return metricColumns(locale).flatMap((column) => {
    if (column.head === mysteryTexts[locale].columns.labels) return [];
    if (column.head !== mysteryTexts[locale].columns.name) return [column];
    return [
      {
        ...column,
        cell: ({ name, labels }) => `${name} ${labels}`.replaceAll('"', '').replaceAll(',', ', '),
      },
    ];
  });
}

/** What it was; `how` says whether the learner found it. */
export function reportSolved(locale: Locale, given: SolvedView, how: 'right' | 'gaveUp'): void {
  const view = foreignRecord(given);
  const t = mysteryTexts[locale];
  const width = process.stdout.columns || 80;
  const { cause, title, shown, ticked, past } = view;
  const mark = how === 'right' ? `${style.green('✔')} ` : '';
  const parts = [hang(`${mark}${style.bold(t[how](cause, title[locale]))}`, width)];
  if (shown === undefined) parts.push(`  ${t.runGone}`);
  else {
    const { evidence, run } = shown;
    const looks = evidence.looks.map((look) =>
      hang(`  ${lookAt(locale, look, run)}\n    ${look.sees[locale]}`, width),
    );
    parts.push(hang(`  ${evidence.story[locale]}`, width), section(t.way, looks.join('\n')));
  }
  const end = [
    ...ticked.map((label) => t.ticked(label[locale])),
    t.past(past.found, past.all),
    `→ ${t.again}`,
  ];
  print(`${[...parts, end.map((line) => `  ${line}`).join('\n')].join('\n\n')}\n`);
}

export function reportWrong(locale: Locale, cause: string, hintsLeft: number): void {
  const t = mysteryTexts[locale];
  const next = hintsLeft > 0 ? t.wrongNext : t.noHintsLeft;
  print(`${style.red('✘')} ${style.bold(t.wrong(cause))}\n  → ${next}\n`);
}

export function reportHint(locale: Locale, view: MysteryView): void {
  const width = process.stdout.columns || 80;
  print(`${[...hintsOf(locale, view, width), onwardOf(locale, view)].join('\n\n')}\n`);
}

export function mysteryJson(value: object): void {
  printJson(value);
}

function meansOf(locale: Locale, { run, opening }: MysteryView, width: number): string {
  const t = mysteryTexts[locale];
  const [first = '<id>'] = opening.about;
  return pairs(
    [
      [traceCommand(first, run), t.traceOne],
      [traceCommand('--slowest', run), t.traceSlowest],
      [traceCommand('--failed', run), t.traceFailed],
      ...run.roles.map((role): [string, string] => [logOf(run, role), t.logs]),
      [`${run.folder}/report.html`, t.page],
    ],
    width,
  );
}

function hintsOf(locale: Locale, { hints, wrong }: MysteryView, width: number): string[] {
  const t = mysteryTexts[locale];
  const told = hints.map((hint, n) => hang(`  ${n + 1}. ${hint[locale]}`, width));
  return [
    ...(told.length > 0 ? [section(t.hints, told.join('\n'))] : []),
    ...(wrong.length > 0 ? [hang(`  ${t.named(wrong.join(', '))}`, width)] : []),
  ];
}

function onwardOf(locale: Locale, { hintsLeft }: MysteryView): string {
  const t = mysteryTexts[locale];
  const hint = hintsLeft > 0 ? t.hintNext(hintsLeft) : t.noHintsLeft;
  return `  → ${t.answerNext}\n  → ${hint}`;
}

const section = (head: string, body: string): string => `${style.bold(head)}\n${body}`;

/** Names and what they mean, below each other where there is no room. */
function pairs(rows: readonly (readonly [string, string])[], width: number): string {
  const widest = Math.max(...rows.map(([name]) => name.length));
  const isWide = widest > width / 2;
  return rows
    .map(([name, what]) =>
      hang(isWide ? `  ${name}\n    ${what}` : `  ${name.padEnd(widest)}  ${what}`, width),
    )
    .join('\n');
}
