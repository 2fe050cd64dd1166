import { formatMs } from '../../base/units.js';
import { handInTexts } from '../../i18n/hand-in.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { RunRecord } from '../../kata/run-record.js';
import { comparisonOf, type Side } from '../view/comparison.js';
import { commandOf, machineOf } from '../view/environment.js';
import { codeSpan, escapeText, markdownTable } from './markdown.js';
import { whenOf } from './results.js';

interface Measured {
  readonly kata: Kata;
  /** Undefined where nothing was measured yet. */
  readonly record: RunRecord | undefined;
  /** What would measure it, in several languages. */
  readonly command: string;
}

/** What the learner has measured of a kata in several languages; an open question where nothing was. */
export function measuredOf(locale: Locale, { kata, record, command }: Measured): string {
  const t = handInTexts[locale];
  const name = `${kata.id.replace('kata-', 'Kata ')}: ${escapeText(kata.title[locale])}`;
  const head = `### ${name}`;
  if (record === undefined) return [head, t.noFigures(kata.id, command)].join('\n\n');
  const conditions = kata.conditions(record.cases[0]?.options ?? {})[locale];
  return [
    head,
    t.runOf(whenOf(record), codeSpan(commandOf(record))),
    tableOf(locale, kata, record),
    [
      `- ${t.conditions}: ${escapeText(conditions)}`,
      `- ${t.machine}: ${escapeText(machineOf(locale, record.machine))}`,
    ].join('\n'),
    ...(languagesOf(record).size > 1 ? [] : [t.oneLanguage(command)]),
  ].join('\n\n');
}

/** Of those cases that measured anything. */
export function languagesOf({ cases }: RunRecord): ReadonlySet<string> {
  return new Set(
    cases.flatMap(({ latency, implementation }) => (latency ? [implementation.language] : [])),
  );
}

function tableOf(locale: Locale, kata: Kata, record: RunRecord): string {
  const t = handInTexts[locale];
  const rows = comparisonOf(kata, record).flatMap(({ name, sides }) =>
    sides.flatMap((side) => (side.row.latency ? [{ name, side, latency: side.row.latency }] : [])),
  );
  return markdownTable(
    [
      { head: t.way, align: 'left', cell: ({ name }) => name },
      { head: t.program, align: 'left', cell: ({ side }) => side.program },
      { head: t.verdict, align: 'left', cell: ({ side }) => t.ofAll(...heldOf(side)) },
      {
        head: t.perSecond,
        align: 'right',
        cell: ({ latency }) => `${Math.round(latency.throughput)}`,
      },
      { head: 'p50 ms', align: 'right', cell: ({ latency }) => formatMs(latency.p50) },
      { head: 'p99 ms', align: 'right', cell: ({ latency }) => formatMs(latency.p99) },
    ],
    rows,
  );
}

function heldOf({ row }: Side): [held: number, all: number] {
  return [row.verdicts.get('holds') ?? 0, row.cases.length];
}
