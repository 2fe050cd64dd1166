import { reportTexts } from '../../i18n/report.js';
import type { Locale } from '../../i18n/text.js';
import { codeSpan, escapeText } from './markdown.js';
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
  type FiguresView,
  type KataView,
  type ProgressView,
} from '../view/progress.js';

/** `plan report --format md`: a document to keep beside the journal. */
export function progressMarkdown(locale: Locale, view: ProgressView): string {
  const t = reportTexts[locale];
  const parts = [
    `# ${escapeText(view.title[locale])}`,
    escapeText(`${capital(t.on(view.date))}. ${paceSentences(locale, view).join(' ')}`),
    `## ${t.byMonth}`,
    monthTable(locale, view),
    `## ${t.figures}`,
    figuresOf(locale, view.katas),
    `## ${t.evidence}`,
    evidenceOf(locale, view),
    `## ${t.next}`,
    nextOf(locale, view),
  ];
  return `${parts.join('\n\n')}\n`;
}

function monthTable(locale: Locale, view: ProgressView): string {
  const t = reportTexts[locale];
  const rows = monthRows(locale, view).map(({ name, done, total }) => [
    escapeText(name),
    `${done}/${total}`,
    `${total === 0 ? 0 : Math.floor((done / total) * 100)} %`,
  ]);
  return table([t.month, t.done, '%'], ['left', 'right', 'right'], rows);
}

function figuresOf(locale: Locale, katas: readonly KataView[]): string {
  const t = reportTexts[locale];
  if (katas.length === 0) return t.noFigures;
  const head = [t.kata, t.by, t.strategy, t.language, t.options];
  const numbers = ['n', 'p50', 'p95', 'p99', t.perSecond];
  const rows = katas.map(({ id, label, best, last }) => [
    escapeText(label ? label[locale] : id),
    ...figureCells(locale, best),
    last ? escapeText(`${verdictName(locale, last.verdict)} (${last.date})`) : '–',
  ]);
  const sides = [...head.map(() => 'left' as const), ...numbers.map(() => 'right' as const)];
  const all = [...head, ...numbers, t.date, t.run, t.lastRun];
  return [table(all, [...sides, 'left', 'left', 'left'], rows), t.figuresNote].join('\n\n');
}

function figureCells(locale: Locale, best: FiguresView | null): string[] {
  if (!best) return [reportTexts[locale].neverHeld, ...Array.from({ length: 10 }, () => '–')];
  return [
    byWhom(locale, best),
    escapeText(best.strategy),
    escapeText(best.language),
    escapeText(optionsText(best, 'all')),
    String(best.n ?? '–'),
    latencyText(best.p50),
    latencyText(best.p95),
    latencyText(best.p99),
    perSecond(best),
    escapeText(best.date),
    codeSpan(best.run).replaceAll('|', '\\|'),
  ];
}

function evidenceOf(locale: Locale, { proved, byHand, unknown }: ProgressView): string {
  const t = reportTexts[locale];
  const lines = proved.map((item) => {
    const mark = isStale(item) ? '[ ]' : '[x]';
    const again = isStale(item) ? renewal(locale, item) : undefined;
    const told = escapeText(
      `${evidenceSentence(locale, item)}${again === undefined ? '' : ` (${again})`}`,
    );
    return `- ${mark} ${codeSpan(item.id)} ${escapeText(item.label[locale])}, ${escapeText(item.date ?? '–')}: ${told}`;
  });
  return [
    lines.length === 0 ? t.noEvidence : lines.join('\n'),
    ...(byHand === 0 ? [] : [t.byHand(byHand)]),
    ...(unknown.length === 0 ? [] : [t.unknown(unknown.map(codeSpan).join(', '))]),
  ].join('\n\n');
}

function nextOf(locale: Locale, { next, leftOver }: ProgressView): string {
  const t = reportTexts[locale];
  const lines = next.map(({ id, label, due }) => {
    const when = due === undefined ? '' : ` (${escapeText(t.due(due))})`;
    return `- [ ] ${codeSpan(id)} ${escapeText(label[locale])}${when}`;
  });
  return [
    lines.length === 0 ? t.nothingLeft : lines.join('\n'),
    ...(leftOver === 0 ? [] : [t.leftOver(leftOver)]),
  ].join('\n\n');
}

function table(
  head: readonly string[],
  sides: readonly ('left' | 'right')[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = sides.map((side) => (side === 'right' ? '---:' : '---'));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
