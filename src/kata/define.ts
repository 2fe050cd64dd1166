import type { Text } from '../i18n/text.js';
import type { Acts } from './acts.js';
import type { Calls } from './calls.js';
import type { DeadLetters } from './dead-letters.js';
import type { CheckResult, Expectation } from './findings.js';
import type { History } from './history.js';
import type { Lab } from './lab.js';
import { defaultsOf, type OptionSpecs, type OptionValues } from './options.js';
import type { Messages } from './messages.js';
import type { MysterySpec } from './mystery.js';
import type { Roles } from './roles.js';
import type { SequenceSpec } from './sequence/index.js';
import type { ServiceName } from './services.js';

export const languageNames = ['node', 'go', 'rust', 'python', 'java'] as const;
export type LanguageId = (typeof languageNames)[number];

/** A kata: what it needs, its options, its cases, its experiment, its invariants. */
export interface Kata<S extends OptionSpecs = OptionSpecs> {
  /**
   * `kata-4`; also the start of its folder's name. `kata-` with a number is the lab's own, as are
   * the names of its katas: one from outside has another, such as `lost-likes`.
   */
  readonly id: string;
  /** The curriculum item that a passing implementation of the learner's ticks, if any. */
  readonly item?: string;
  /**
   * Curriculum items that its rules show one by one: each is ticked where its own rules hold in a
   * whole experiment, whatever becomes of the others.
   */
  readonly requirements?: readonly Requirement[];
  readonly title: Text;
  /** The conditions in one line, for the head of the report. */
  readonly conditions: (options: OptionValues<S>) => Text;
  /** All that any options may need; each case has its own of them. */
  readonly services: readonly ServiceName[];
  /**
   * Which of `services` a case with these options needs; all where this is left out. Nothing else
   * is started, and programs get no address of anything else.
   */
  readonly servicesFor?: (options: OptionValues<S>) => readonly ServiceName[];
  /** Strategies by name, in the order in which they are taught. */
  readonly strategies: Readonly<Record<string, Text>>;
  /** What a cure costs, in a line; left out of what is no cure. */
  readonly costs?: Readonly<Record<string, Text>>;
  /** Asked before the first lesson: the number that this strategy comes to, where it is worst. */
  readonly predict?: Prediction;
  /**
   * Languages with a reference implementation of every strategy; the first is the default. Empty
   * where the lab plays all parts itself: no program is built or started, and there is none to write.
   */
  readonly languages: readonly LanguageId[];
  /** `GET /orders/{order}`: what clients call; roles of a kata of several services have their own. */
  readonly routes?: readonly string[];
  /** What the program takes its messages from; the experiment declares it. */
  readonly queue?: string;
  /**
   * Of a kata of several services: the part that each program plays, and what it needs for that. Its
   * schema, if it has one, and its references lie in a folder of its name. `languages` is then what
   * `--lang` takes: a role that has no reference in one is played by its first.
   */
  readonly programs?: Roles;
  /**
   * What the services tell each other through the broker. A message that an observer of the
   * experiment's sees, and that says it otherwise, breaks `follows-the-contract`.
   */
  readonly messages?: Messages;
  /**
   * How they call each other. A call that the lab sees, and that is asked or answered otherwise,
   * breaks `follows-the-contract`.
   */
  readonly calls?: Calls;
  /**
   * Programs tell of themselves by OTLP/HTTP: they get the address of a receiver of the case's own,
   * and what they told is in `history.spans`.
   */
  readonly telemetry?: true;
  /** Played by `plan mystery` alone, and in no list of katas. */
  readonly mystery?: MysterySpec;
  /** For `plan sequence`: what one order, booking or transfer was about, over all services. */
  readonly sequence?: SequenceSpec;
  readonly options: S;
  /** The headline cases: what each changes of the defaults. */
  readonly lesson: readonly (Partial<OptionValues<S>> & { readonly strategy: string })[];
  /** The acts that a case of the lesson is about; undefined, and left out: all of them. */
  readonly lessonActs?: (
    strategy: string,
    options: OptionValues<S>,
  ) => readonly string[] | undefined;
  /** The strategy of a single case whose options name none. */
  readonly defaultStrategy: string;
  /** What a reference implementation comes to; a learner's own is always expected to hold. */
  readonly expect: (strategy: string, options: OptionValues<S>) => Expectation;
  /** Columns of the kata's own between the case and its latencies. */
  readonly columns: readonly Column[];
  /** Parts of the experiment that can be played alone, in their order; `lab.act` plays each. */
  readonly acts?: Acts;
  readonly experiment: (lab: Lab, options: OptionValues<S>) => Promise<void>;
  /**
   * Pure: from a history, the final state in it included, to findings.
   * @param strategy that the programs were asked for; `own` of a learner's that was asked for none
   */
  readonly check: (history: History, options: OptionValues<S>, strategy: string) => CheckResult;
  /** For `plan dlq`, where its runs leave dead letters. */
  readonly deadLetters?: DeadLetters<S>;
  /** Guiding questions for the learner's journal, where the general ones are too general. */
  readonly questions?: Partial<Readonly<Record<JournalQuestion, Text>>>;
}

/** An item of the curriculum, and the rules that say whether it is met. */
export interface Requirement {
  readonly item: string;
  readonly title: Text;
  readonly rules: readonly string[];
}

/** Which services a case with these options needs. */
export function servicesOf(
  { services, servicesFor }: Pick<Kata, 'services' | 'servicesFor'>,
  options: OptionValues,
): readonly ServiceName[] {
  return servicesFor?.(options) ?? services;
}

/** Which services a case needs where no option is given. */
export function usualServices(
  kata: Pick<Kata, 'services' | 'servicesFor' | 'options'>,
): readonly ServiceName[] {
  return servicesOf(kata, defaultsOf(kata.options));
}

/** False where the lab plays all parts itself. */
export function hasPrograms({ languages }: Pick<Kata, 'languages'>): boolean {
  return languages.length > 0;
}

/** The parts of the journal that only the learner can write. */
export const journalQuestions = ['problem', 'worked', 'failed', 'tradeOffs', 'realWorld'] as const;
export type JournalQuestion = (typeof journalQuestions)[number];

export interface Prediction {
  readonly strategy: string;
  /** Key into `figures`. */
  readonly figure: string;
  readonly question: Text;
}

export interface Column {
  /** Key into `figures`. */
  readonly figure: string;
  readonly head: Text;
}

/** Keeps the options' types while the lab handles katas of all kinds alike. */
export function defineKata<const S extends OptionSpecs>(kata: Kata<S>): Kata {
  return kata as unknown as Kata;
}
