import type { Text } from '../i18n/text.js';
import { readBuilt } from './built.js';
import type {
  BlockEntry,
  CurriculumFile,
  DeliverableEntry,
  Entry,
  FinalEntry,
  MonthEntry,
  PracticeEntry,
} from './curriculum-file.js';

/** The study plan with every item knowing its place. */
export interface Curriculum extends Omit<CurriculumFile, 'months' | 'final'> {
  readonly months: readonly Month[];
  readonly final: { readonly title: Text; readonly intro: Text; readonly items: readonly Item[] };
}

export interface Month extends Omit<MonthEntry, 'blocks' | 'progress' | 'milestone'> {
  /** 1 to 6 */
  readonly number: number;
  readonly weeks: Weeks;
  readonly blocks: readonly Block[];
  readonly progress: Item;
  readonly milestone: Item;
}

export interface Block extends Pick<
  BlockEntry,
  'id' | 'weeks' | 'title' | 'source' | 'tools' | 'language'
> {
  readonly month: number;
  /** In study order: theory, practice, requirements, deliverables. */
  readonly items: readonly Item[];
  /** Suggested, so not to be ticked. */
  readonly technologies: readonly Entry[];
}

/** First and last week, counted from 1 over the whole plan. */
export type Weeks = readonly [number, number];

/**
 * `theory` and `practice` are the 51 tick boxes of the blocks; `requirement` belongs to the final
 * project; `final` is one of the ten points at the end; `month` the month's line in the general
 * progress; `point` a sub-point of a practice.
 */
export type ItemKind =
  'theory' | 'practice' | 'requirement' | 'deliverable' | 'milestone' | 'month' | 'final' | 'point';

export interface Item {
  readonly id: string;
  readonly kind: ItemKind;
  readonly label: Text;
  readonly month: number;
  /** Undefined for what belongs to a whole month or to the whole plan. */
  readonly block: string | undefined;
  readonly weeks: Weeks;
  /** `kata-4`, for a practice that is a kata of the lab; `degradation`, for such a deliverable. */
  readonly kata: string | undefined;
  /**
   * Of the final checklist: what of `plan compare` or `plan mystery` is evidence of it. Of a deliverable: `page`, where
   * the kata's page in the journal is what is asked for.
   */
  readonly shownBy?: FinalEntry['shownBy'] | DeliverableEntry['shownBy'];
  /** Of a practice; empty for everything else. They are not counted among the block items. */
  readonly points: readonly Item[];
  /** Of a point: the practice that it belongs to. */
  readonly parent: string | undefined;
}

let loaded: Curriculum | undefined;

/** The study plan of fixtures/plan.yaml. @throws PlanError `not-built` */
export function loadCurriculum(): Curriculum {
  loaded ??= toCurriculum(readBuilt<CurriculumFile>('curriculum.json'));
  return loaded;
}

/** Every item that can be ticked, in study order; sub-points are in the `points` of theirs. */
export function allItems({ months, final }: Curriculum): Item[] {
  const ofMonth = ({ blocks, milestone, progress }: Month): Item[] => [
    ...blocks.flatMap(({ items }) => items),
    milestone,
    progress,
  ];
  return [...months.flatMap(ofMonth), ...final.items];
}

/** The tick boxes of the blocks, theory and practice: the plan has 51. */
export function blockItems(curriculum: Curriculum): Item[] {
  return allItems(curriculum).filter(({ kind }) => kind === 'theory' || kind === 'practice');
}

/** An item or a sub-point by its id; `kata-4` alone finds `m2.b1.kata-4`. */
export function findItem(curriculum: Curriculum, id: string): Item | undefined {
  const wanted = id.toLowerCase();
  return allItems(curriculum)
    .flatMap((item) => [item, ...item.points])
    .find((item) => item.id === wanted || (item.kata === wanted && item.kind !== 'requirement'));
}

/** A block by its id, `m2.b1`. */
export function findBlock({ months }: Curriculum, id: string): Block | undefined {
  return months.flatMap(({ blocks }) => blocks).find((block) => block.id === id);
}

/** Puts what the file leaves to be read from its shape into each item. */
export function toCurriculum(file: CurriculumFile): Curriculum {
  const months = file.months.map(toMonth);
  const last = months.at(-1);
  const place: Place = { month: last?.number ?? 0, weeks: last?.weeks ?? [0, 0] };
  const { title, intro, entries } = file.final;
  const items = entries.map((entry) => toItem('final', entry, place));
  return { ...file, months, final: { title, intro, items } };
}

interface Place {
  readonly month: number;
  readonly block?: string;
  readonly weeks: Weeks;
}

function toMonth(entry: MonthEntry, index: number): Month {
  const month = index + 1;
  const blocks = entry.blocks.map((block) => toBlock(block, month));
  const weeks: Weeks = [blocks[0]?.weeks[0] ?? 0, blocks.at(-1)?.weeks[1] ?? 0];
  const place = { month, weeks };
  return {
    ...entry,
    number: month,
    weeks,
    blocks,
    progress: toItem('month', entry.progress, place),
    milestone: toItem('milestone', entry.milestone, place),
  };
}

function toBlock(entry: BlockEntry, month: number): Block {
  const { id, weeks, title, source, tools, language } = entry;
  const { requirements = [], technologies = [], deliverables = [] } = entry;
  const place = { month, block: id, weeks };
  const items = [
    ...entry.theory.map((theory) => toItem('theory', theory, place)),
    ...entry.practice.map((practice) => toItem('practice', practice, place)),
    ...requirements.map((requirement) => toItem('requirement', requirement, place)),
    ...deliverables.map((deliverable) => toItem('deliverable', deliverable, place)),
  ];
  return { id, weeks, title, source, technologies, tools, language, month, items };
}

type AnyEntry = Entry & Partial<PracticeEntry> & Pick<Item, 'shownBy'>;

function toItem(kind: ItemKind, entry: AnyEntry, place: Place): Item {
  const { id, label, kata, shownBy, points = [] } = entry;
  const { month, block, weeks } = place;
  const bare = { month, block, weeks, kata: undefined, points: [], parent: id };
  return {
    ...{ id, kind, label, month, block, weeks, kata, parent: undefined },
    ...(shownBy && { shownBy }),
    points: points.map((point): Item => ({ ...bare, ...point, kind: 'point' })),
  };
}
