import { allItems, type Block, type Curriculum, type Item } from './curriculum.js';
import { dateOf, dayOf, weekdayOf, type Day } from './day.js';
import { scheduleOf, weekOneOf, type Scheduled } from './schedule.js';

export interface CalendarQuestion {
  readonly curriculum: Curriculum;
  /** The first day of the plan, YYYY-MM-DD. */
  readonly startedOn: string;
  /** The learner's own date, YYYY-MM-DD. */
  readonly today: string;
  readonly isDone: (id: string) => boolean;
}

/**
 * What a day is for. `before`: the plan has not started. `warm-up`: it has, but week 1 begins on
 * the coming Monday. `project`: a day of the last block, which has no theory and no katas left.
 * `after`: its 24 weeks are over.
 */
export type Phase = 'before' | 'warm-up' | 'theory' | 'katas' | 'review' | 'project' | 'after';

export interface CalendarAnswer {
  readonly phase: Phase;
  /** 1 to 24; undefined before week 1 and after the last. */
  readonly week: number | undefined;
  readonly weeks: number;
  /** The block of the week; before week 1 the first, after the end the last. */
  readonly block: Block;
  /** Week 1's Monday and the plan's last day, YYYY-MM-DD. */
  readonly weekOne: string;
  readonly endsOn: string;
  /** What today asks for, in study order: never empty while anything of the blocks is open. */
  readonly asks: readonly Scheduled[];
  /** What else should have been done before today. */
  readonly leftOver: readonly Scheduled[];
  readonly standing: Standing;
  /** Points of the final checklist that are still open. */
  readonly finalOpen: readonly Item[];
}

/** How far ahead (positive) or behind (negative) the learner is; 0 and 0 on pace. */
export interface Standing {
  /** Of all that has a date: theory, practice, requirements, deliverables. */
  readonly total: number;
  readonly done: number;
  /** How many should have been done when today began. */
  readonly expected: number;
  readonly items: number;
  /** How far the plan's own date for this many items is from today. */
  readonly days: number;
}

/** Where the learner is in the plan on a day, and what that day asks for. Pure; never throws. */
export function askCalendar(question: CalendarQuestion): CalendarAnswer {
  const { curriculum, isDone } = question;
  const start = dayOf(question.startedOn);
  const today = dayOf(question.today);
  const weekOne = weekOneOf(start);
  const schedule = scheduleOf(curriculum, start);
  const blocks = curriculum.months.flatMap((month) => month.blocks);
  const weeks = blocks.at(-1)?.weeks[1] ?? 0;
  const reached = Math.floor((today - weekOne) / 7) + 1;
  const block = blockOf(blocks, reached);
  const week = today < start || reached < 1 || reached > weeks ? undefined : reached;
  const phase = phaseOf(question, { start, today, weekOne, week, block });
  const open = schedule.filter(({ item }) => !isDone(item.id));
  const asks = whatIsAsked(open, phase, today, weekOne);
  return {
    phase,
    week,
    weeks,
    block,
    weekOne: dateOf(weekOne),
    endsOn: dateOf(weekOne + weeks * 7 - 1),
    asks,
    leftOver: open.filter((each) => each.day < today && !asks.includes(each)),
    standing: standingOf(schedule, schedule.length - open.length, today),
    finalOpen: allItems(curriculum).filter(({ id, kind }) => kind === 'final' && !isDone(id)),
  };
}

function blockOf(blocks: readonly Block[], week: number): Block {
  const block = blocks.find(({ weeks }) => week <= weeks[1]) ?? blocks.at(-1);
  if (!block) throw new TypeError('a curriculum without blocks has no calendar');
  return block;
}

interface Moment {
  readonly start: Day;
  readonly today: Day;
  readonly weekOne: Day;
  readonly week: number | undefined;
  readonly block: Block;
}

function phaseOf({ curriculum }: CalendarQuestion, moment: Moment): Phase {
  const { start, today, weekOne, week, block } = moment;
  if (today < start) return 'before';
  if (week === undefined) return today < weekOne ? 'warm-up' : 'after';
  const weekday = weekdayOf(today);
  const line = (name: string) => curriculum.usage.rhythm.find(({ id }) => id === `rhythm.${name}`);
  const review = line('review');
  if (review?.days.includes(weekday) && week % review.everyWeeks === 0) return 'review';
  if (!block.items.some(({ kind }) => kind === 'theory' || kind === 'practice')) return 'project';
  return line('theory')?.days.includes(weekday) ? 'theory' : 'katas';
}

/**
 * The open items of the day's own kind that are due by the end of this week, so that one who is
 * late catches up on theory on theory days and on katas on kata days, the oldest first. One who
 * has done all of them is asked for what was left over, else for the next.
 */
function whatIsAsked(
  open: readonly Scheduled[],
  phase: Phase,
  today: Day,
  weekOne: Day,
): readonly Scheduled[] {
  const ofPhase = open.filter(({ item }) => isAskedIn(phase, item));
  const sunday = Math.max(today, weekOne) + 7 - weekdayOf(Math.max(today, weekOne));
  const choices = [
    ofPhase.filter(({ day }) => day <= sunday),
    open.filter(({ day }) => day < today),
    ofPhase.slice(0, 1),
    open.slice(0, 1),
  ];
  return choices.find((choice) => choice.length > 0) ?? [];
}

function isAskedIn(phase: Phase, { kind }: Item): boolean {
  if (phase === 'after') return true;
  const isTheory = kind === 'theory';
  const isReading = phase === 'theory' || phase === 'before' || phase === 'warm-up';
  return isTheory === isReading;
}

function standingOf(schedule: readonly Scheduled[], done: number, today: Day): Standing {
  const days = schedule.map(({ day }) => day).toSorted((a, b) => a - b);
  const expected = days.filter((day) => day < today).length;
  const byTonight = days.filter((day) => day <= today).length;
  const fixed = { total: days.length, done, expected };
  if (done < expected)
    return { ...fixed, items: done - expected, days: (days[done] ?? today) - today };
  if (done > byTonight)
    return { ...fixed, items: done - byTonight, days: (days[done - 1] ?? today) - today };
  return { ...fixed, items: 0, days: 0 };
}
