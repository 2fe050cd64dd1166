import type { Block, Curriculum, Item } from './curriculum.js';
import type { Weekday } from './curriculum-file.js';
import { dateOf, weekdayOf, type Day } from './day.js';

/** An item with the last day on which it is on time. */
export interface Scheduled {
  readonly item: Item;
  readonly day: Day;
  /** The same day, YYYY-MM-DD. */
  readonly due: string;
}

/**
 * Week 1's Monday. The plan's rhythm goes by weekdays, so its weeks begin on Mondays whatever the
 * start. One who starts from Monday to Wednesday still has theory days left: week 1 is the week of
 * the start. One who starts from Thursday to Sunday would meet katas before any theory: week 1
 * begins on the coming Monday, and the days until then are a warm-up in which nothing is late. All
 * 24 weeks count either way, so the plan always ends on a Sunday.
 */
export function weekOneOf(start: Day): Day {
  const monday = start + 1 - weekdayOf(start);
  return weekdayOf(start) <= 3 ? monday : monday + 7;
}

/**
 * All that has a date, in study order. A block's theory is spread evenly over its theory days, its
 * practices over its kata days, the final project's requirements over all days; deliverables are
 * due on the block's last day, with the review. Days before the start are not used: nobody is late
 * on the first day.
 */
export function scheduleOf({ months, usage }: Curriculum, start: Day): Scheduled[] {
  const weekOne = weekOneOf(start);
  const daysFor = (name: string): readonly Weekday[] =>
    usage.rhythm.find(({ id }) => id === `rhythm.${name}`)?.days ?? [];
  const rhythm = { theory: daysFor('theory'), practice: daysFor('katas') };
  return months
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => scheduleBlock(block, daysOf(block, weekOne, start), rhythm));
}

function daysOf({ weeks: [first, last] }: Block, weekOne: Day, start: Day): Day[] {
  const begin = weekOne + (first - 1) * 7;
  const days = Array.from({ length: (last - first + 1) * 7 }, (_, index) => begin + index);
  return days.filter((day) => day >= start);
}

interface RhythmDays {
  readonly theory: readonly Weekday[];
  readonly practice: readonly Weekday[];
}

function scheduleBlock({ items }: Block, days: readonly Day[], rhythm: RhythmDays): Scheduled[] {
  const on = (weekdays: readonly Weekday[]) =>
    days.filter((day) => weekdays.includes(weekdayOf(day)));
  const of = (kind: Item['kind']) => items.filter((item) => item.kind === kind);
  return [
    ...spread(of('theory'), on(rhythm.theory)),
    ...spread(of('practice'), on(rhythm.practice)),
    ...spread(of('requirement'), days),
    ...spread(of('deliverable'), days.slice(-1)),
  ];
}

/** The last item falls on the last day, the others at even distances before it. */
function spread(items: readonly Item[], days: readonly Day[]): Scheduled[] {
  return items.flatMap((item, index) => {
    const day = days[Math.ceil(((index + 1) * days.length) / items.length) - 1];
    return day === undefined ? [] : [{ item, day, due: dateOf(day) }];
  });
}
