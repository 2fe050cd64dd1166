import { checklistTexts } from '../i18n/checklist.js';
import { say, texts, type Text } from '../i18n/text.js';
import { terminalColumns } from './columns.js';
import { hang } from './hang.js';
import { widthOf } from './markdown/inline.js';
import { print } from './output.js';
import { style } from './style.js';
import { foreignRecord } from './view/foreign.js';

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
export function reportChecklist(checklist: Checklist): void {
  const { months, final, unknown } = foreignRecord(checklist);
  const t = texts(checklistTexts);
  const parts = months.map(monthText);
  if (final) parts.push([headOf(say(final.title), final), ...linesOf(final.items)].join('\n'));
  if (unknown.length > 0)
    parts.push([t.fromElsewhere, ...unknown.map((id) => `  [x] ${id}`)].join('\n'));
  print(hang([...parts, style.dim(t.howToTick)].join('\n\n'), terminalColumns()));
}

/** `2026-11-24, proved by results/kata-4/…`, or that it is stale. */
export function evidenceText({ date, evidence, run = '' }: ChecklistItem): string {
  const t = texts(checklistTexts);
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

function monthText(month: ChecklistMonth): string {
  const t = texts(checklistTexts);
  const title = `${t.month(month.number)} · ${say(month.title)}   ${t.weeks(...month.weeks)}`;
  const blocks = month.blocks.flatMap((block) => [
    `  ${block.id} · ${say(block.title)}   ${style.dim(t.weeks(...block.weeks))}`,
    ...linesOf(block.items, '    '),
  ]);
  const milestone = { ...month.milestone, label: prefixed(t.kinds.milestone, month.milestone) };
  return [headOf(title, month), ...blocks, ...linesOf([milestone, month.line])].join('\n');
}

function headOf(title: string, { done, total }: Count): string {
  return `${style.bold(title)}   ${done}/${total}`;
}

function linesOf(items: readonly ChecklistItem[], indent = '  '): string[] {
  const width = Math.max(...items.map(({ id }) => id.length));
  return items.flatMap((item) => [
    ...withNote(`${indent}${lineOf(withKind(item), width)}`, item, indent),
    ...item.points.map((point) => `${indent}      ${point.done ? '✔' : '·'} ${say(point.label)}`),
  ]);
}

/** What to read for an item that is still open; below it where a line would get too long. */
function withNote(line: string, { note, done }: ChecklistItem, indent: string): string[] {
  if (note === undefined || done) return [line];
  const command = style.dim(`plan show ${note}`);
  const both = `${line}   ${command}`;
  return widthOf(both) <= mostColumns ? [both] : [line, `${indent}      ${command}`];
}

function lineOf(item: ChecklistItem, width: number): string {
  const told = evidenceText(item);
  const line = `${item.id.padEnd(width)}  ${say(item.label)}`;
  if (!item.done) return `[ ] ${line}`;
  if (isStale(item)) return style.yellow(`[!] ${line}   ${told}`);
  return `${style.green('[x]')} ${line}${told === '' ? '' : `   ${style.dim(told)}`}`;
}

/** What a deliverable is doesn't show in its words. */
function withKind(item: ChecklistItem): ChecklistItem {
  const t = texts(checklistTexts);
  return item.kind === 'deliverable'
    ? { ...item, label: prefixed(t.kinds.deliverable, item) }
    : item;
}

function prefixed(kind: string, { label }: ChecklistItem): Text {
  return { es: `${kind}: ${label.es}`, en: `${kind}: ${label.en}` };
}
