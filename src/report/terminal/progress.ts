import { reportTexts } from '../../i18n/report.js';
import type { Locale } from '../../i18n/text.js';
import { terminalColumns } from './columns.js';
import { hang } from './hang.js';
import { print } from './output.js';
import {
  byWhom,
  evidenceSentence,
  isStale,
  latencyText,
  monthRows,
  optionsText,
  paceSentences,
  perSecond,
  renewal,
  verdictName,
  type Count,
  type FiguresView,
  type KataView,
  type MonthRow,
  type NextView,
  type ProgressView,
  type ProvedView,
} from '../view/progress.js';
import { renderTable } from './table.js';
import type { Column } from '../view/columns.js';
import { style } from './style.js';
import { foreignRecord } from '../view/foreign.js';

/** `plan report` on the terminal. */
export function reportProgress(locale: Locale, told: ProgressView): void {
  const view = foreignRecord(told);
  const t = reportTexts[locale];
  const title = `${style.bold(view.title[locale])}   ${t.on(view.date)}`;
  const parts = [
    [title, wrapped(`  ${paceSentences(locale, view).join(' ')}`)].join('\n'),
    section(
      t.byMonth,
      renderTable(locale, monthColumns(locale), monthRows(locale, view), terminalColumns()),
    ),
    section(t.figures, figuresText(locale, view.katas)),
    section(t.evidence, wrapped(evidenceLines(locale, view).join('\n'))),
    section(t.next, wrapped(nextLines(locale, view).join('\n'))),
  ];
  print(parts.join('\n\n'));
}

function section(title: string, body: string): string {
  return `${style.bold(title)}\n${body}`;
}

function wrapped(text: string): string {
  return hang(text, terminalColumns());
}

function monthColumns(locale: Locale): Column<MonthRow>[] {
  const t = reportTexts[locale];
  return [
    { head: t.month, align: 'left', rank: 0, cell: ({ name }) => name },
    { head: t.done, rank: 0, cell: ({ done, total }) => `${done}/${total}` },
    { head: '', align: 'left', rank: 1, cell: bar },
  ];
}

function bar({ done, total }: Count): string {
  const length = 20;
  const full = total === 0 ? 0 : Math.floor((done / total) * length);
  return `${style.green('█'.repeat(full))}${style.dim('░'.repeat(length - full))}`;
}

function figuresText(locale: Locale, katas: readonly KataView[]): string {
  const t = reportTexts[locale];
  if (katas.length === 0) return `  ${t.noFigures}`;
  const table = renderTable(locale, kataColumns(locale), katas, terminalColumns());
  return `${table}\n${wrapped(`  ${style.dim(t.figuresNote)}`)}`;
}

function kataColumns(locale: Locale): Column<KataView>[] {
  const t = reportTexts[locale];
  const best = (cell: (figures: FiguresView) => string) => (kata: KataView) =>
    kata.best ? cell(kata.best) : '–';
  return [
    { head: t.kata, align: 'left', rank: 0, cell: ({ id }) => id },
    {
      head: t.by,
      align: 'left',
      rank: 1,
      cell: ({ best: one }) => (one ? byWhom(locale, one) : t.neverHeld),
    },
    { head: t.strategy, align: 'left', rank: 1, cell: best(({ strategy }) => strategy) },
    { head: t.language, align: 'left', rank: 1, cell: best(({ language }) => language) },
    { head: t.options, align: 'left', rank: 3, cell: best((one) => optionsText(one, 'choices')) },
    { head: 'n', rank: 2, cell: best(({ n }) => String(n ?? '–')) },
    { head: 'p50', rank: 2, cell: best(({ p50 }) => latencyText(p50)) },
    { head: 'p95', rank: 1, cell: best(({ p95 }) => latencyText(p95)) },
    { head: 'p99', rank: 1, cell: best(({ p99 }) => latencyText(p99)) },
    { head: t.perSecond, rank: 2, cell: best(perSecond) },
    { head: t.date, align: 'left', rank: 3, cell: best(({ date }) => date) },
    { head: t.lastRun, align: 'left', rank: 2, cell: (one) => lastRun(locale, one) },
  ];
}

function lastRun(locale: Locale, { last }: KataView): string {
  return last ? `${verdictName(locale, last.verdict)} (${last.date})` : '–';
}

function evidenceLines(locale: Locale, { proved, byHand, unknown }: ProgressView): string[] {
  const t = reportTexts[locale];
  return [
    ...(proved.length === 0
      ? [`  ${t.noEvidence}`]
      : proved.map((item) => provedLine(locale, item))),
    ...(byHand === 0 ? [] : [`  ${t.byHand(byHand)}`]),
    ...(unknown.length === 0 ? [] : [`  ${t.unknown(unknown.join(', '))}`]),
  ];
}

function provedLine(locale: Locale, item: ProvedView): string {
  const line = `${item.id}  ${item.label[locale]}, ${item.date ?? '–'}: ${evidenceSentence(locale, item)}`;
  if (!isStale(item)) return `  ${style.green('✔')} ${line}`;
  const again = renewal(locale, item);
  return style.yellow(`  ! ${line}${again === undefined ? '' : ` (${again})`}`);
}

function nextLines(locale: Locale, { next, leftOver }: ProgressView): string[] {
  const t = reportTexts[locale];
  return [
    ...(next.length === 0 ? [`  ${t.nothingLeft}`] : next.map((one) => nextLine(locale, one))),
    ...(leftOver === 0 ? [] : [`  ${t.leftOver(leftOver)}`]),
  ];
}

function nextLine(locale: Locale, { id, label, due }: NextView): string {
  const t = reportTexts[locale];
  return `  ${id}  ${label[locale]}${due === undefined ? '' : style.dim(`  (${t.due(due)})`)}`;
}
