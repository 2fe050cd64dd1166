import { formatMs } from '../../base/units.js';
import { timelineTexts } from '../../i18n/timeline.js';
import type { Locale } from '../../i18n/text.js';
import { translated } from '../../i18n/words.js';
import type { CaseRecord, Timeline, TimelineFault } from '../../kata/run-record.js';

const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const quiet = '·';
const going = '█';
const dead = '✘';
/** So many faults have a line of their own. */
const mostFaults = 8;
/** Narrower than this there is nothing to see. */
const fewestColumns = 12;

/** The cases of a run whose timeline is worth its lines: scheduled faults, or the only case. */
export function casesWithTimeline(cases: readonly CaseRecord[]): readonly CaseRecord[] {
  return cases.filter(
    ({ timeline, repetition }) =>
      timeline !== undefined && repetition === 1 && (timeline.scheduled || cases.length === 1),
  );
}

/** A cable to a place that has no name: its port is another one in each run. */
const address = /^[\w.-]*[\w]:\d+$/;

/** `congelado (accounts)`; of a role `payment: muerto`. */
export function faultName(locale: Locale, { what, target, role }: TimelineFault): string {
  const { words, network } = timelineTexts[locale];
  const said = translated(words, what);
  const place = address.test(target) ? network : translated(words, target);
  const name = role === undefined ? `${said} (${place})` : `${role}: ${said}`;
  return name.replaceAll(/\s+/g, ' ');
}

/**
 * When faults began and ended, and what was answered in each slot: one line each, plain text, of
 * that width at most where there is room for anything.
 */
export function timelineLines(locale: Locale, given: Timeline, width = Infinity): string[] {
  const t = timelineTexts[locale];
  const timeline = narrowed(given, width - roomForWords(locale, given));
  const { answered, unanswered, slots, slotMs } = timeline;
  const ofRoles = timeline.faults.some(({ role }) => role !== undefined);
  const rows: [string, string, string?][] = [...lanesOf(timeline), ...barsOf(locale, timeline)];
  if (answered) rows.push([t.answered, graph(answered), t.atMost(Math.max(...answered))]);
  if (unanswered) rows.push([t.unanswered, graph(unanswered), t.atMost(Math.max(...unanswered))]);
  const last = `${formatMs(slots * slotMs)} ms`;
  rows.push(['', `0 ms${last.padStart(slots - 4)}`]);
  const names = Math.max(...rows.map(([name]) => name.length));
  return [
    t.oneColumn(formatMs(slotMs)),
    ...(ofRoles ? [t.lanes(going, dead)] : []),
    ...rows.map(([name, line, note]) =>
      `${name.padEnd(names)}  ${line}${note === undefined ? '' : `  ${note}`}`.trimEnd(),
    ),
  ];
}

/** Beside the columns: the names before, and how many at most behind. */
function roomForWords(locale: Locale, { answered, unanswered, faults }: Timeline): number {
  const t = timelineTexts[locale];
  const counts = [...(answered ?? []), ...(unanswered ?? [])];
  const names = [
    ...(answered ? [t.answered] : []),
    ...(unanswered ? [t.unanswered] : []),
    ...faults.map((fault) => fault.role ?? faultName(locale, fault)),
  ];
  // Where columns are put together, there may be a digit more.
  const note = counts.length > 0 ? t.atMost(Math.max(...counts) * 10).length : 0;
  return Math.max(0, ...names.map((name) => name.length)) + 2 + (note > 0 ? note + 2 : 0);
}

/** As few columns as fit, each of several slots. */
function narrowed(timeline: Timeline, room: number): Timeline {
  const each = Math.ceil(timeline.slots / Math.max(fewestColumns, room));
  if (each <= 1) return timeline;
  const slots = Math.ceil(timeline.slots / each);
  const together = (counts: readonly number[]): number[] =>
    Array.from({ length: slots }, (_, at) =>
      counts.slice(at * each, (at + 1) * each).reduce((sum, one) => sum + one, 0),
    );
  const { answered, unanswered, slotMs } = timeline;
  return {
    ...timeline,
    ...{ slots, slotMs: slotMs * each },
    ...(answered && { answered: together(answered) }),
    ...(unanswered && { unanswered: together(unanswered) }),
  };
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
function barsOf(locale: Locale, timeline: Timeline): [string, string, string?][] {
  const bars = new Map<string, string[]>();
  for (const fault of timeline.faults) {
    const { role, fromMs, untilMs } = fault;
    if (role !== undefined) continue;
    const name = faultName(locale, fault);
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
