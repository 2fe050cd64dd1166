import type { Text } from '../i18n/text.js';
import type { History } from './history.js';

/**
 * A system with one of several causes of trouble in it, and somebody who is to find which. Such a kata
 * is played by `plan mystery`, and stands in no list of katas: nothing that it says of itself may tell.
 */
export interface MysterySpec {
  /** The option that is the mystery's number. What it hides follows from that, and is stored nowhere. */
  readonly number: string;
  /** By the name that is typed for it, in the order in which they are offered. */
  readonly causes: Readonly<Record<string, Cause>>;
  readonly causeOf: (number: number) => string;
  /** Pure: the causes of which a history has the evidence. */
  readonly evidence: (history: History) => ReadonlyMap<string, CauseEvidence>;
  /** Pure: what a learner is told, whatever is hidden. */
  readonly opening: (history: History) => Opening;
}

export interface Cause {
  readonly title: Text;
  /** The first says where to look, the last nearly all. */
  readonly hints: readonly Text[];
}

export interface CauseEvidence {
  /** What it is, with the figures of this run. */
  readonly story: Text;
  /** The shortest way to it. */
  readonly looks: readonly Look[];
}

/** One thing to look at, and what is to be seen there. */
export interface Look {
  /** `trace`: by an id. `log`: of a role, a text in it. `metrics`: of a role, a name. */
  readonly at: 'trace' | 'log' | 'metrics';
  readonly role?: string;
  /** The id, the text or the name. */
  readonly find: string;
  readonly sees: Text;
}

export interface Opening {
  /** What whoever calls says, in a line or two. */
  readonly complaint: Text;
  /** Of whom they speak: ids that `plan trace` knows. */
  readonly about: readonly string[];
  /** What durations the programs' metrics tell of. */
  readonly metrics: readonly MysteryMetric[];
  /** From a client's request to its end as the lab saw it, milliseconds. */
  readonly outsideMs: readonly number[];
  /** Taken, and never finished. */
  readonly sent: number;
  readonly accepted: number;
}

export interface MysteryMetric {
  readonly role: string;
  readonly name: string;
  readonly labels: string;
  readonly count: number;
  readonly meanMs: number;
}
