import { checklistTexts } from '../../i18n/checklist.js';
import type { Locale, Text } from '../../i18n/text.js';
import { terminalColumns } from './columns.js';
import { hang } from './hang.js';
import { widthOf } from './markdown/inline.js';
import { print } from './output.js';
import { style } from './style.js';
import { foreignRecord } from '../view/foreign.js';

export interface Checklist {
  readonly months: readonly ChecklistMonth[];
  readonly final:
    ({ readonly title: Text; readonly items: readonly ChecklistItem[] } & Count) | undefined;
  /** Ticked ids that the plan doesn't have. */
  readonly unknown: readonly string[];
}

interface Count {
  readonly done: number;
  readonly total: number;
}

export interface ChecklistMonth extends Count {
  readonly number: number;
  readonly title: Text;
  readonly weeks: readonly [number, number];
  readonly line: ChecklistItem;
  readonly milestone: ChecklistItem;
  readonly blocks: readonly {
    readonly id: string;
    readonly title: Text;
    readonly weeks: readonly [number, number];
    readonly items: readonly ChecklistItem[];
  }[];
}

export interface ChecklistItem {
  readonly id: string;
  readonly kind: keyof (typeof checklistTexts)['en']['kinds'];
  readonly label: Text;
  readonly done: boolean;
  readonly date: string | null;
  readonly evidence: 'hand' | 'fresh' | 'stale' | 'gone' | undefined;
  readonly run: string | undefined;
  /** The slug of its note, for `plan show`. */
  readonly note: string | undefined;
  readonly points: readonly ChecklistItem[];
}

/** What most screens show; the same in a file and a pipe. */
const mostColumns = 80;

/** The checklist as plain text: it reads the same in a wide terminal, a file and a pipe. */
export function reportChecklist(locale: Locale, checklist: Checklist): void {
  const { months, final, unknown } = foreignRecord(checklist);
  const t = checklistTexts[locale];
  const parts = months.map((month) => monthText(locale, month));
  if (final)
    parts.push([headOf(final.title[locale], final), ...linesOf(locale, final.items)].join('\n'));
  if (unknown.length > 0)
    parts.push([t.fromElsewhere, ...unknown.map((id) => `  [x] ${id}`)].join('\n'));
  print(hang([...parts, style.dim(t.howToTick)].join('\n\n'), terminalColumns()));
}

/** `2026-11-24, proved by results/kata-4/…`, or that it is stale. */
export function evidenceText(locale: Locale, { date, evidence, run = '' }: ChecklistItem): string {
  const t = checklistTexts[locale];
  const told = {
    hand: '',
    fresh: t.byRun(run),
    stale: t.stale(run),
    gone: t.gone(run),
  }[evidence ?? 'hand'];
  return [date ?? '', told].filter((part) => part !== '').join(', ');
}

export function isStale({ evidence }: Pick<ChecklistItem, 'evidence'>): boolean {
  return evidence === 'stale' || evidence === 'gone';
}

function monthText(locale: Locale, month: ChecklistMonth): string {
  const t = checklistTexts[locale];
  const title = `${t.month(month.number)} · ${month.title[locale]}   ${t.weeks(...month.weeks)}`;
  const blocks = month.blocks.flatMap((block) => [
    `  ${block.id} · ${block.title[locale]}   ${style.dim(t.weeks(...block.weeks))}`,
    ...linesOf(locale, block.items, '    '),
  ]);
  const milestone = { ...month.milestone, label: prefixed(t.kinds.milestone, month.milestone) };
  return [headOf(title, month), ...blocks, ...linesOf(locale, [milestone, month.line])].join('\n');
}

function headOf(title: string, { done, total }: Count): string {
  return `${style.bold(title)}   ${done}/${total}`;
}

function linesOf(locale: Locale, items: readonly ChecklistItem[], indent = '  '): string[] {
  const width = Math.max(...items.map(({ id }) => id.length));
  return items.flatMap((item) => [
    ...withNote(`${indent}${lineOf(locale, withKind(locale, item), width)}`, item, indent),
    ...item.points.map(
      (point) => `${indent}      ${point.done ? '✔' : '·'} ${point.label[locale]}`,
    ),
  ]);
}

/** What to read for an item that is still open; below it where a line would get too long. */
function withNote(line: string, { note, done }: ChecklistItem, indent: string): string[] {
  if (note === undefined || done) return [line];
  const command = style.dim(`plan show ${note}`);
  const both = `${line}   ${command}`;
  return widthOf(both) <= mostColumns ? [both] : [line, `${indent}      ${command}`];
}

function lineOf(locale: Locale, item: ChecklistItem, width: number): string {
  const told = evidenceText(locale, item);
  const line = `${item.id.padEnd(width)}  ${item.label[locale]}`;
  if (!item.done) return `[ ] ${line}`;
  if (isStale(item)) return style.yellow(`[!] ${line}   ${told}`);
  return `${style.green('[x]')} ${line}${told === '' ? '' : `   ${style.dim(told)}`}`;
}

/** What a deliverable is doesn't show in its words. */
function withKind(locale: Locale, item: ChecklistItem): ChecklistItem {
  const t = checklistTexts[locale];
  return item.kind === 'deliverable'
    ? { ...item, label: prefixed(t.kinds.deliverable, item) }
    : item;
}

function prefixed(kind: string, { label }: ChecklistItem): Text {
  return { es: `${kind}: ${label.es}`, en: `${kind}: ${label.en}` };
}
