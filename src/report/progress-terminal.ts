import { reportTexts } from '../i18n/report.js';
import { say, texts } from '../i18n/text.js';
import { terminalColumns } from './columns.js';
import { hang } from './hang.js';
import { print } from './output.js';
import {
  byWhom,
  evidenceSentence,
  isStale,
  latencyText,
  optionsText,
  paceSentences,
  perSecond,
  renewal,
  verdictName,
  type Count,
  type FiguresView,
  type KataView,
  type NextView,
  type ProgressView,
  type ProvedView,
} from './progress-view.js';
import { renderTable, type TableColumn } from './table.js';
import { style } from './style.js';
import { foreignRecord } from './view/foreign.js';

/** `plan report` on the terminal. */
export function reportProgress(told: ProgressView): void {
  const view = foreignRecord(told);
  const t = texts(reportTexts);
  const title = `${style.bold(say(view.title))}   ${t.on(view.date)}`;
  const parts = [
    [title, wrapped(`  ${paceSentences(view).join(' ')}`)].join('\n'),
    section(t.byMonth, renderTable(monthColumns(), monthRows(view), terminalColumns())),
    section(t.figures, figuresText(view.katas)),
    section(t.evidence, wrapped(evidenceLines(view).join('\n'))),
    section(t.next, wrapped(nextLines(view).join('\n'))),
  ];
  print(parts.join('\n\n'));
}

function section(title: string, body: string): string {
  return `${style.bold(title)}\n${body}`;
}

function wrapped(text: string): string {
  return hang(text, terminalColumns());
}

interface MonthRow extends Count {
  readonly name: string;
}

function monthRows({ months, final, total }: ProgressView): MonthRow[] {
  const t = texts(reportTexts);
  return [
    ...months.map((month) => ({ ...month, name: t.monthName(month.number, say(month.title)) })),
    { ...final, name: say(final.title) },
    { ...total, name: t.all },
  ];
}

function monthColumns(): TableColumn<MonthRow>[] {
  const t = texts(reportTexts);
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

function figuresText(katas: readonly KataView[]): string {
  const t = texts(reportTexts);
  if (katas.length === 0) return `  ${t.noFigures}`;
  const table = renderTable(kataColumns(), katas, terminalColumns());
  return `${table}\n${wrapped(`  ${style.dim(t.figuresNote)}`)}`;
}

function kataColumns(): TableColumn<KataView>[] {
  const t = texts(reportTexts);
  const best = (cell: (figures: FiguresView) => string) => (kata: KataView) =>
    kata.best ? cell(kata.best) : '–';
  return [
    { head: t.kata, align: 'left', rank: 0, cell: ({ id }) => id },
    {
      head: t.by,
      align: 'left',
      rank: 1,
      cell: ({ best: one }) => (one ? byWhom(one) : t.neverHeld),
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
    { head: t.lastRun, align: 'left', rank: 2, cell: lastRun },
  ];
}

function lastRun({ last }: KataView): string {
  return last ? `${verdictName(last.verdict)} (${last.date})` : '–';
}

function evidenceLines({ proved, byHand, unknown }: ProgressView): string[] {
  const t = texts(reportTexts);
  return [
    ...(proved.length === 0 ? [`  ${t.noEvidence}`] : proved.map(provedLine)),
    ...(byHand === 0 ? [] : [`  ${t.byHand(byHand)}`]),
    ...(unknown.length === 0 ? [] : [`  ${t.unknown(unknown.join(', '))}`]),
  ];
}

function provedLine(item: ProvedView): string {
  const line = `${item.id}  ${say(item.label)}, ${item.date ?? '–'}: ${evidenceSentence(item)}`;
  if (!isStale(item)) return `  ${style.green('✔')} ${line}`;
  const again = renewal(item);
  return style.yellow(`  ! ${line}${again === undefined ? '' : ` (${again})`}`);
}

function nextLines({ next, leftOver }: ProgressView): string[] {
  const t = texts(reportTexts);
  return [
    ...(next.length === 0 ? [`  ${t.nothingLeft}`] : next.map(nextLine)),
    ...(leftOver === 0 ? [] : [`  ${t.leftOver(leftOver)}`]),
  ];
}

function nextLine({ id, label, due }: NextView): string {
  const t = texts(reportTexts);
  return `  ${id}  ${say(label)}${due === undefined ? '' : style.dim(`  (${t.due(due)})`)}`;
}
