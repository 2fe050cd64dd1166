import { traceTexts } from '../../../i18n/trace.js';
import type { Locale } from '../../../i18n/text.js';
import type { Thread, TracedSpan } from '../../../kata/trace/index.js';
import { shownMs } from '../../view/trace.js';
import { style } from '../style.js';

const msWidth = 9;
const widestBar = 60;
const narrowestBar = 12;

/** A line a span: whose and what it is, when it was, and how long. ✘ marks what failed. */
export function waterfall(locale: Locale, { spans, totalMs }: Thread, width: number): string[] {
  const labels = spans.map((span) => labelOf(locale, span));
  const widest = Math.max(0, ...labels.map(({ length }) => length));
  const room = Math.max(narrowestBar, width - msWidth - 2);
  const labelWidth = Math.min(widest, Math.max(16, room - narrowestBar));
  const barWidth = Math.min(widestBar, Math.max(narrowestBar, room - labelWidth - 1));
  return spans.map((span, at) => {
    const label = fitted(labels[at] ?? '', labelWidth);
    const bar = barOf(span, totalMs, barWidth);
    const line = `${label} ${bar} ${shownMs(span.ms).padStart(msWidth)}`;
    return span.status === 'error' ? style.red(line) : line;
  });
}

function labelOf(locale: Locale, { service, name, depth, isLinked, status }: TracedSpan): string {
  const linked = isLinked ? ` (${traceTexts[locale].linked})` : '';
  const mark = status === 'error' ? '✘ ' : '';
  return `${'  '.repeat(Math.min(depth, 8))}${mark}${service}: ${name}${linked}`;
}

function fitted(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

/** At least one sign wide, wherever it is. */
function barOf({ startMs, ms }: TracedSpan, totalMs: number, width: number): string {
  const perSign = totalMs > 0 ? totalMs / width : 1;
  const from = Math.min(width - 1, Math.max(0, Math.floor(startMs / perSign)));
  const until = Math.min(width, Math.max(from + 1, Math.ceil((startMs + ms) / perSign)));
  return '·'.repeat(from) + '█'.repeat(until - from) + '·'.repeat(width - until);
}
