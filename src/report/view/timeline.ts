import { formatMs } from '../../base/units.js';
import { timelineTexts } from '../../i18n/timeline.js';
import type { Locale } from '../../i18n/text.js';
import type { CaseRecord, Timeline } from '../../kata/run-record.js';

const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const quiet = '·';
const going = '█';
const dead = '✘';
/** So many faults have a line of their own. */
const mostFaults = 8;

/** The cases of a run whose timeline is worth its lines: scheduled faults, or the only case. */
export function casesWithTimeline(cases: readonly CaseRecord[]): readonly CaseRecord[] {
  return cases.filter(
    ({ timeline, repetition }) =>
      timeline !== undefined && repetition === 1 && (timeline.scheduled || cases.length === 1),
  );
}

/** When faults began and ended, and what was answered in each slot: one line each, plain text. */
export function timelineLines(locale: Locale, timeline: Timeline): string[] {
  const t = timelineTexts[locale];
  const { answered, unanswered, slots, slotMs } = timeline;
  const ofRoles = timeline.faults.some(({ role }) => role !== undefined);
  const rows: [string, string, string?][] = [...lanesOf(timeline), ...barsOf(timeline)];
  if (answered) rows.push([t.answered, graph(answered), t.atMost(Math.max(...answered))]);
  if (unanswered) rows.push([t.unanswered, graph(unanswered), t.atMost(Math.max(...unanswered))]);
  const last = `${formatMs(slots * slotMs)} ms`;
  rows.push(['', `0 ms${last.padStart(slots - 4)}`]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    t.oneColumn(formatMs(slotMs)),
    ...(ofRoles ? [t.lanes(going, dead)] : []),
    ...rows.map(([name, line, note]) =>
      `${name.padEnd(width)}  ${line}${note === undefined ? '' : `  ${note}`}`.trimEnd(),
    ),
  ];
}

/** Of a system, a line for each role: dead, or under a fault. */
function lanesOf(timeline: Timeline): [string, string][] {
  const lanes = new Map<string, string[]>();
  for (const { what, role, fromMs, untilMs } of timeline.faults) {
    if (role === undefined) continue;
    const lane = lanes.get(role) ?? Array.from({ length: timeline.slots }, () => quiet);
    lanes.set(role, lane);
    const [first, last] = [slotOf(timeline, fromMs), slotOf(timeline, untilMs ?? Infinity)];
    for (let at = first; at <= last; at += 1)
      if (lane[at] !== dead) lane[at] = what === 'killed' ? dead : going;
  }
  return [...lanes].map(([role, lane]) => [role, lane.join('')]);
}

/** A line for each kind of fault and what it hit, however often. */
function barsOf(timeline: Timeline): [string, string, string?][] {
  const bars = new Map<string, string[]>();
  for (const { what, target, role, fromMs, untilMs } of timeline.faults) {
    if (role !== undefined) continue;
    const name = `${what} (${target})`.replaceAll(/\s+/g, ' ');
    if (!bars.has(name) && bars.size === mostFaults) continue;
    const bar = bars.get(name) ?? Array.from({ length: timeline.slots }, () => quiet);
    bars.set(name, bar);
    const [first, last] = [slotOf(timeline, fromMs), slotOf(timeline, untilMs ?? Infinity)];
    bar.fill(going, first, last + 1);
  }
  return [...bars].map(([name, bar]) => [name, bar.join('')]);
}

/** What was before the first request is drawn with it. */
function slotOf({ fromMs, slotMs, slots }: Timeline, atMs: number): number {
  return Math.min(slots - 1, Math.max(0, Math.floor((atMs - fromMs) / slotMs)));
}

function graph(counts: readonly number[]): string {
  const most = Math.max(...counts, 1);
  return counts
    .map((count) =>
      count === 0 ? quiet : (heights[Math.ceil((count / most) * heights.length) - 1] ?? quiet),
    )
    .join('');
}
