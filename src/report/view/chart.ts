import { formatMs } from '../../base/units.js';
import { chartTexts } from '../../i18n/chart.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { Chart } from '../../kata/exhibits.js';
import type { RunRow } from './rows.js';
import { nameOf } from './rows.js';

const eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const full = eighths.length - 1;
const quiet = '·';
/** Lines that the highest column takes. */
const height = 3;
const indent = '  ';
const gap = 2;
/** Narrower than this there is nothing to see. */
const fewestSteps = 12;

interface Drawn {
  /** A line each. */
  readonly name: readonly string[];
  readonly chart: Chart;
}

/**
 * The charts of a run one below the other, in plain text, no line wider than the width; empty
 * without any. Of repetitions, the first.
 */
export function renderCharts(
  locale: Locale,
  kata: Kata,
  rows: readonly RunRow[],
  width: number,
): string[] {
  const drawn = rows.flatMap(({ first }) =>
    first.chart ? [{ name: nameOf(kata, first).split(', '), chart: first.chart }] : [],
  );
  const [one] = drawn;
  if (!one) return [];
  const t = chartTexts[locale];
  const names = Math.max(...drawn.flatMap(({ name }) => name.map(({ length }) => length)));
  const notes = Math.max(...drawn.map(({ chart }) => t.atMost(most(chart)).length));
  const room = width - indent.length - names - 2 * gap - notes;
  const fitted = drawn.map(({ name, chart }) => ({ name, chart: fit(chart, room) }));
  const scale = Math.max(1, ...fitted.map(({ chart }) => most(chart)));
  const { title, stepMs } = (fitted[0] ?? one).chart;
  return [
    `${indent}${title[locale]}: ${t.oneColumn(formatMs(stepMs))}`,
    [
      ...fitted.flatMap((each) => linesOf(locale, each, scale, names)),
      ...axisOf(locale, (fitted[0] ?? one).chart).map(
        (line) => `${indent}${' '.repeat(names + gap)}${line}`,
      ),
    ].join('\n'),
  ];
}

const most = ({ counts }: Chart): number => Math.max(0, ...counts);

/** Two steps become one until there is room for all. */
function fit(chart: Chart, room: number): Chart {
  const { counts, stepMs, span } = chart;
  if (counts.length <= Math.max(room, fewestSteps)) return chart;
  const half = {
    ...chart,
    stepMs: 2 * stepMs,
    counts: Array.from(
      { length: Math.ceil(counts.length / 2) },
      (_, at) => (counts[2 * at] ?? 0) + (counts[2 * at + 1] ?? 0),
    ),
    ...(span && {
      span: { ...span, from: Math.floor(span.from / 2), to: Math.floor(span.to / 2) },
    }),
  };
  return fit(half, room);
}

/** The name stands beside the lowest lines, the last of them says how high the highest column is. */
function linesOf(locale: Locale, { name, chart }: Drawn, scale: number, names: number): string[] {
  const heights = chart.counts.map((count) =>
    count === 0 ? 0 : Math.max(1, Math.round((count / scale) * height * full)),
  );
  const lines = Math.max(height, name.length);
  return Array.from({ length: lines }, (_, at) => {
    const below = (lines - 1 - at) * full;
    const label = (name[at - (lines - name.length)] ?? '').padEnd(names + gap);
    const bars = heights
      .map((high) => (high === 0 && below === 0 ? quiet : barAt(high - below)))
      .join('');
    const note = below === 0 ? `${' '.repeat(gap)}${chartTexts[locale].atMost(most(chart))}` : '';
    return `${indent}${label}${bars}${note}`.trimEnd();
  });
}

function barAt(left: number): string {
  return eighths[Math.min(full, Math.max(0, left))] ?? ' ';
}

/** What went on, and what time it is. */
function axisOf(locale: Locale, { counts, stepMs, span }: Chart): string[] {
  const last = `${formatMs(counts.length * stepMs)} ms`;
  const time = `0 ms${last.padStart(counts.length - 4)}`;
  if (!span) return [time];
  const bar = `├${'─'.repeat(Math.max(0, span.to - span.from - 1))}┤`;
  return [`${' '.repeat(span.from)}${bar} ${span.name[locale]}`, time];
}
