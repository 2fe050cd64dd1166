import { traceTexts } from '../../i18n/trace.js';
import type { Locale } from '../../i18n/text.js';
import type { Gap, Thread } from '../../kata/trace/index.js';

/** `12 ms, 9 spans of 3 services` */
export function totalOf(locale: Locale, { spans, totalMs }: Thread): string {
  const t = traceTexts[locale];
  const services = new Set(spans.map(({ service }) => service)).size;
  if (spans.length === 0) return t.noSpans;
  return t.total(shownMs(totalMs).replace(' ms', ''), spans.length, services);
}

/** Of the slowest, where programs may still have been starting: undefined of any other. */
export function firstWords(locale: Locale, { afterFirst }: Thread): string | undefined {
  return afterFirst && traceTexts[locale].first(afterFirst.name, shownMs(afterFirst.ms));
}

/** Line ends of a text in JSON, each with what stands behind it. */
const furtherLines = /(?:\\n(?:\\[^n]|[^"\\])*){4,}/g;

/** A stack in a line of JSON is told by its first line, and by its last where that says something. */
export function withoutStacks(locale: Locale, text: string): string {
  return text.replace(furtherLines, (lines) => {
    const all = lines.split('\\n').slice(1);
    const last = all.at(-1) ?? '';
    const isTold = /^\S/.test(last);
    const more = traceTexts[locale].moreOfStack(all.length - (isTold || last === '' ? 1 : 0));
    return ` ${more}${isTold ? ` ${last}` : ''}`;
  });
}

/** Where the thread is cut. */
export function gapWords(locale: Locale, gap: Gap): string {
  const t = traceTexts[locale];
  return gap.kind === 'cut'
    ? t.cut(gap.service, gap.span, gap.traceId)
    : t.orphan(gap.service, gap.span, gap.parentId);
}

export function shownMs(ms: number): string {
  return `${ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
