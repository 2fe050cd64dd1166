import type { Text } from '../../../i18n/text.js';
import type { Step } from '../../sequence/index.js';

/** A message as the lab's own consumer saw it, as far as every saga has it. */
export interface SagaMessage {
  readonly name: string;
  readonly messageId: string;
  readonly correlationId: string | undefined;
  readonly order: string | undefined;
  readonly line: number;
}

/** What one service did for an order, and took back. */
export interface Holding {
  readonly role: string;
  readonly done: number;
  readonly undone: number;
  /** "paid", "refunded". */
  readonly words: { readonly done: Text; readonly undone: Text };
}

/** All that a rule about sagas has to know of one order. */
export interface SagaTale {
  readonly id: string;
  readonly row: { readonly status: string; readonly reason: string | null } | undefined;
  readonly holdings: readonly Holding[];
  /** Facts that the rows of all services say have happened. */
  readonly happened: ReadonlySet<string>;
  /** What readers were told, and when. */
  readonly reads: readonly {
    readonly status: string;
    readonly line: number;
    readonly from: number;
  }[];
  readonly messages: readonly SagaMessage[];
  /** Lines of the history on which it was placed. */
  readonly placedOn: readonly number[];
  /** What the lab saw of it in all services, by time. */
  readonly steps: readonly Step[];
  /** A service was killed with this order in hand: where, as it follows "payments was killed". */
  readonly crash:
    { readonly role: string; readonly where: Text; readonly line: number } | undefined;
}

export interface SagaStory {
  readonly tales: readonly SagaTale[];
  /** Whose fact is it; undefined where it is none. */
  readonly ownerOf: (name: string) => string | undefined;
  /** Where to read of the end. */
  readonly finalLine: number;
}

/** How much of it stands. */
export const standing = ({ done, undone }: Holding): number => done - undone;
