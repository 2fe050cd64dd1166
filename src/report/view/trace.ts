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
