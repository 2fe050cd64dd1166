import type { Text } from '../i18n/text.js';
import type { Death, Received } from './broker.js';
import type { Arguments } from './broker-tap.js';
import type { History } from './history.js';
import type { Lab } from './lab.js';
import type { OptionSpecs, OptionValues } from './options.js';

/** Of a kata whose runs leave dead letters: how `plan dlq` reads them and sends them again. */
export interface DeadLetters<S extends OptionSpecs = OptionSpecs> {
  /** Those that lay there at the end of a case, in their order. Pure; none of a history cut short. */
  readonly read: (history: History) => readonly DeadLetter[];
  /**
   * Starts the implementation, publishes these again as they first were, waits until each has come
   * to its end, and takes down what is left.
   */
  readonly replay: (
    lab: Lab,
    letters: readonly DeadLetter[],
    how: ReplayOfLetters,
    options: OptionValues<S>,
  ) => Promise<void>;
  /** What became of each of them, from the history of a `replay`. Pure. */
  readonly outcomes: (history: History) => readonly LetterOutcome[];
}

export interface ReplayOfLetters {
  /** Whether what had failed works now; what nobody can read stays so. */
  readonly mended: boolean;
}

/** A message that was given up, with all that is known of it. Kept as JSON. */
export interface DeadLetter {
  /** `message_id`; empty where it has none. */
  readonly id: string;
  readonly body: unknown;
  /** As of {@link Received}. */
  readonly rawBody?: Received['rawBody'];
  readonly headers: Arguments;
  readonly deaths: readonly Death[];
  /** Why, as the letter itself says; left out where it doesn't. */
  readonly reason?: string;
  /** As often as it was tried. */
  readonly attempts: readonly Attempt[];
  /** Lines of history.jsonl, counted from 1: where it was published, and where it was found. */
  readonly publishedOn?: number;
  readonly foundOn: number;
}

export interface Attempt {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** In history.jsonl, counted from 1. */
  readonly line: number;
  /** What the program was told, or met. */
  readonly answer: Text;
}

export interface LetterOutcome {
  readonly id: string;
  readonly became: 'done' | 'dead' | 'waiting' | 'lost';
  /** As this replay arranged it. */
  readonly must: 'done' | 'dead';
  /** Of this replay. */
  readonly attempts: number;
  /** Of one that is dead again. */
  readonly reason?: string;
}
