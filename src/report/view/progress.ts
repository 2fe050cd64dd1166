import { formatMs } from '../../base/units.js';
import { reportTexts } from '../../i18n/report.js';
import type { Locale, Text } from '../../i18n/text.js';

/** What the reports on progress show; `plan/progress-report.ts` makes it. */
export interface ProgressView {
  readonly title: Text;
  readonly date: string;
  readonly startedOn: string | null;
  readonly total: Count;
  readonly months: readonly ({ readonly number: number; readonly title: Text } & Count)[];
  readonly final: { readonly title: Text } & Count;
  readonly pace: PaceView | null;
  readonly katas: readonly KataView[];
  readonly proved: readonly ProvedView[];
  readonly byHand: number;
  readonly unknown: readonly string[];
  readonly next: readonly NextView[];
  readonly leftOver: number;
}

export interface Count {
  readonly done: number;
  readonly total: number;
}

interface PaceView {
  readonly phase: string;
  readonly week: number | undefined;
  readonly weeks: number;
  readonly block: Text;
  readonly weekOne: string;
  readonly endsOn: string;
  readonly standing: { readonly items: number; readonly days: number };
}

export interface KataView {
  readonly id: string;
  readonly label: Text | undefined;
  readonly best: FiguresView | null;
  readonly last: FiguresView | null;
}

export interface FiguresView {
  readonly run: string;
  readonly date: string;
  readonly verdict: string;
  readonly kind: string;
  readonly language: string;
  readonly strategy: string;
  readonly options?: Readonly<Record<string, string | number>> | null;
  readonly n: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly throughput: number | null;
}

export interface ProvedView {
  readonly id: string;
  readonly label: Text;
  readonly kata: string | undefined;
  readonly date: string | null;
  readonly evidence: 'hand' | 'fresh' | 'stale' | 'gone' | undefined;
  readonly run: string | undefined;
  readonly implementation: string | undefined;
}

export interface NextView {
  readonly id: string;
  readonly label: Text;
  readonly kata: string | undefined;
  readonly due: string | undefined;
}

/** A month, the final checklist, or all together. */
export interface MonthRow extends Count {
  readonly name: string;
}

export function monthRows(locale: Locale, { months, final, total }: ProgressView): MonthRow[] {
  const t = reportTexts[locale];
  return [
    ...months.map((month) => ({ ...month, name: t.monthName(month.number, month.title[locale]) })),
    { ...final, name: final.title[locale] },
    { ...total, name: t.all },
  ];
}

/** Sentences on where the learner is: `Week 5 of 24: … Behind by 3 items (4 days).` */
export function paceSentences(
  locale: Locale,
  { pace, startedOn }: Pick<ProgressView, 'pace' | 'startedOn'>,
): string[] {
  const t = reportTexts[locale];
  if (!pace || startedOn === null) return [t.noStart];
  const { items, days } = pace.standing;
  const standing =
    items === 0
      ? t.onPace
      : items > 0
        ? t.ahead(items, Math.abs(days))
        : t.behind(-items, Math.abs(days));
  const where = whereSentence(locale, pace, startedOn);
  return [where, ...(pace.phase === 'before' ? [] : [standing]), t.span(startedOn, pace.endsOn)];
}

function whereSentence(
  locale: Locale,
  { phase, week, weeks, block, weekOne, endsOn }: PaceView,
  start: string,
) {
  const t = reportTexts[locale];
  if (week !== undefined) return t.inWeek(week, weeks, block[locale]);
  if (phase === 'before') return t.before(start);
  return phase === 'after' ? t.over(endsOn) : t.warmUp(weekOne);
}

export function evidenceSentence(locale: Locale, { evidence, run = '' }: ProvedView): string {
  const t = reportTexts[locale];
  if (evidence === 'stale') return t.stale(run);
  return evidence === 'gone' ? t.gone(run) : t.fresh(run);
}

export function isStale({ evidence }: ProvedView): boolean {
  return evidence === 'stale' || evidence === 'gone';
}

/** How to prove again what went stale. */
export function renewal(
  locale: Locale,
  { kata, evidence, implementation }: ProvedView,
): string | undefined {
  if (kata === undefined) return undefined;
  const place = evidence === 'stale' && implementation !== undefined ? implementation : '…';
  return reportTexts[locale].renew(kata, /[^\w./…-]/.test(place) ? JSON.stringify(place) : place);
}

export function verdictName(locale: Locale, verdict: string): string {
  const names: Readonly<Record<string, string>> = reportTexts[locale].verdicts;
  return names[verdict] ?? verdict;
}

/** Whose implementation it was. */
export function byWhom(locale: Locale, { kind }: FiguresView): string {
  const t = reportTexts[locale];
  if (kind === 'lab') return t.lab;
  if (kind === 'mixed') return t.mixed;
  return kind === 'own' ? t.own : t.reference;
}

/** `isolation serializable, buyers 100`; only the choices where room is short. */
export function optionsText({ options }: FiguresView, which: 'all' | 'choices'): string {
  return Object.entries(options ?? {})
    .filter(([, value]) => which === 'all' || typeof value === 'string')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

export function perSecond({ throughput }: FiguresView): string {
  return throughput === null ? '–' : String(Math.round(throughput));
}

/** A file of another version may lack a figure. */
export function latencyText(ms: number | null | undefined): string {
  return formatMs(ms ?? null);
}
