import type { Text } from '../i18n/text.js';

/** What fixtures/plan.yaml holds: the study plan in the order and wording of its source. */
export interface CurriculumFile {
  readonly title: Text;
  readonly intro: Text;
  readonly goal: Text;
  readonly usage: { readonly title: Text; readonly rhythm: readonly RhythmLine[] };
  readonly overview: { readonly title: Text };
  readonly months: readonly MonthEntry[];
  readonly template: { readonly title: Text; readonly intro: Text; readonly markdown: Text };
  readonly milestones: { readonly title: Text; readonly intro: Text };
  readonly resources: { readonly title: Text; readonly phases: readonly ResourcePhase[] };
  readonly final: Section<FinalEntry>;
  readonly nextLevel: Section;
  readonly closing: readonly Entry[];
}

/** Anything of the plan that can be pointed at. */
export interface Entry {
  /** `m1.b1.theory-1`: stable for ever, since progress.json names it. */
  readonly id: string;
  readonly label: Text;
}

export interface RhythmLine extends Entry {
  readonly days: readonly Weekday[];
  readonly everyWeeks: number;
}

/** ISO 8601: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface MonthEntry {
  /** `m1` */
  readonly id: string;
  readonly title: Text;
  /** The month's line in the general progress. */
  readonly progress: Entry;
  /** What the learner should be able to do at the month's end. */
  readonly milestone: Entry;
  readonly blocks: readonly BlockEntry[];
}

export interface BlockEntry {
  /** `m1.b2`: numbers restart in each month. */
  readonly id: string;
  /** First and last week, counted from 1 over the whole plan. */
  readonly weeks: readonly [number, number];
  readonly title: Text;
  /** Where the theory is: `README Fase 0`. */
  readonly source?: Text | undefined;
  readonly theory: readonly Entry[];
  readonly practice: readonly PracticeEntry[];
  readonly requirements?: readonly RequirementEntry[] | undefined;
  readonly technologies?: readonly Entry[] | undefined;
  readonly tools?: Text | undefined;
  readonly language?: Text | undefined;
  readonly deliverables?: readonly DeliverableEntry[] | undefined;
}

export interface RequirementEntry extends Entry {
  /** The kata of the lab that shows it, if one does: `final`. */
  readonly kata?: string | undefined;
}

export interface DeliverableEntry extends Entry {
  /** The kata of the lab that it is, if it is one: `isolation`, `degradation`. */
  readonly kata?: string | undefined;
  /** Its page in the journal is what is asked for: it is a kata without programs. */
  readonly shownBy?: 'page' | undefined;
}

export interface PracticeEntry extends Entry {
  /** The kata of the lab that it is, if it is one: `kata-4`, `cqrs`. */
  readonly kata?: string | undefined;
  readonly points?: readonly Entry[] | undefined;
}

export interface ResourcePhase {
  /** `resources.concurrency` */
  readonly id: string;
  readonly title: Text;
  /** The blocks that the phase is read along with. */
  readonly blocks: readonly string[];
  readonly entries: readonly Entry[];
}

export interface Section<E extends Entry = Entry> {
  readonly title: Text;
  readonly intro: Text;
  readonly entries: readonly E[];
}

export interface FinalEntry extends Entry {
  /**
   * What can show it beside a hand: a version of the learner's whose p99 is lower than the one before;
   * a cause that they have found with `plan mystery`.
   */
  readonly shownBy?: 'lower-p99' | 'mystery' | undefined;
}
