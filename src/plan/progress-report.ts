import type { Text } from '../i18n/text.js';
import { askCalendar, type Phase, type Standing } from './calendar.js';
import { allItems, type Curriculum, type Item } from './curriculum.js';
import type { EvidenceState } from './evidence.js';
import { overviewOf, type Count, type Overview, type TickedItem } from './overview.js';
import { isDone, itemOf, type Progress, type RunFigures } from './progress.js';

/** How far the learner is, on a day. */
export interface ProgressReport {
  readonly title: Text;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly startedOn: string | null;
  readonly total: Count;
  readonly months: readonly ({ readonly number: number; readonly title: Text } & Count)[];
  readonly final: { readonly title: Text } & Count;
  /** Null while the plan has no start date. */
  readonly pace: Pace | null;
  readonly katas: readonly KataReport[];
  /** What runs have proved, stale or not. */
  readonly proved: readonly TickedItem[];
  readonly byHand: number;
  readonly unknown: readonly string[];
  readonly next: readonly NextItem[];
  /** Open items that should have been done before today and are not in `next`. */
  readonly leftOver: number;
}

export interface Pace {
  readonly phase: Phase;
  readonly week: number | undefined;
  readonly weeks: number;
  readonly block: Text;
  /** YYYY-MM-DD */
  readonly weekOne: string;
  readonly endsOn: string;
  readonly standing: Standing;
}

export interface KataReport {
  readonly id: string;
  /** Undefined for a kata that this plan doesn't have. */
  readonly label: Text | undefined;
  readonly best: RunFigures | null;
  readonly last: RunFigures | null;
}

export interface NextItem {
  readonly id: string;
  readonly label: Text;
  readonly kata: string | undefined;
  /** YYYY-MM-DD; undefined without a start date. */
  readonly due: string | undefined;
}

interface Sources {
  readonly curriculum: Curriculum;
  readonly progress: Progress;
  readonly states: ReadonlyMap<string, EvidenceState>;
  /** The learner's own date, YYYY-MM-DD. */
  readonly today: string;
}

/** Pure: everything that `plan report` tells. */
export function progressReport(sources: Sources): ProgressReport {
  const { curriculum, progress, states, today } = sources;
  const overview = overviewOf(curriculum, progress, states);
  const items = tickedItems(overview);
  const proved = items.filter(({ run }) => run !== undefined);
  const counts = [...overview.months, overview.final];
  return {
    title: curriculum.title,
    date: today,
    startedOn: progress.startedOn,
    total: {
      done: counts.reduce((sum, { done }) => sum + done, 0),
      total: counts.reduce((sum, { total }) => sum + total, 0),
    },
    months: overview.months.map(({ number, title, done, total }) => ({
      ...{ number, title, done, total },
    })),
    final: pickCount(overview.final),
    katas: katasOf(curriculum, progress),
    proved,
    byHand: items.filter(({ done, run }) => done && run === undefined).length,
    unknown: overview.unknown,
    ...whatComesNext(sources),
  };
}

function pickCount({ title, done, total }: Overview['final']): { title: Text } & Count {
  return { title, done, total };
}

function tickedItems({ months, final }: Overview): TickedItem[] {
  return [
    ...months.flatMap(({ blocks, milestone, line }) => [
      ...blocks.flatMap((block) => block.items),
      milestone,
      line,
    ]),
    ...final.items,
  ];
}

function katasOf(curriculum: Curriculum, { katas }: Progress): KataReport[] {
  const items = allItems(curriculum);
  return Object.entries(katas)
    .map(([id, { best, last }]) => ({
      id,
      label: items.find(({ kata }) => kata === id)?.label,
      best: best ?? null,
      last: last ?? null,
    }))
    .filter(({ best, last }) => best !== null || last !== null)
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

type Upcoming = Pick<ProgressReport, 'pace' | 'next' | 'leftOver'>;

function whatComesNext({ curriculum, progress, today }: Sources): Upcoming {
  const done = (id: string): boolean => isDone(itemOf(progress, id));
  const { startedOn } = progress;
  if (startedOn === null) {
    const open = allItems(curriculum).filter(({ id }) => !done(id));
    return { pace: null, next: open.slice(0, 3).map((item) => nextItem(item)), leftOver: 0 };
  }
  const answer = askCalendar({ curriculum, startedOn, today, isDone: done });
  const { phase, week, weeks, block, weekOne, endsOn, standing, asks, finalOpen } = answer;
  const next = asks.map(({ item, due }) => nextItem(item, due));
  return {
    pace: { phase, week, weeks, block: block.title, weekOne, endsOn, standing },
    next: next.length > 0 ? next : finalOpen.map((item) => nextItem(item)),
    leftOver: answer.leftOver.length,
  };
}

function nextItem({ id, label, kata }: Item, due?: string): NextItem {
  return { id, label, kata, due };
}
