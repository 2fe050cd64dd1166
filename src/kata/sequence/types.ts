import type { Text } from '../../i18n/text.js';

/** How the lab reads of what one order (booking, transfer, …) was about, over all services. */
export interface SequenceSpec {
  /** "order" */
  readonly subject: Text;
  /** The fields by which messages, calls and requests name it, the surest first. */
  readonly fields: readonly string[];
  /** Its rows, by role and table: the lab takes down when they change. */
  readonly effects: Readonly<Record<string, Readonly<Record<string, WatchedTable>>>>;
  /** What ends it, as a row says it: `orders CONFIRMED`. */
  readonly ends: readonly string[];
  /** Who sends a message of this name, and who takes it where this strategy is played. */
  readonly parties: (message: string, strategy: string) => Parties | undefined;
}

export interface WatchedTable {
  /** The column that names the subject. */
  readonly subject: string;
  /** Columns that say what became of it; a change of any other is not taken down. */
  readonly shows?: readonly string[];
}

export interface Parties {
  readonly from: string;
  readonly to: readonly string[];
}

/** Note `effect`: a row of a role's own changed, and the change was committed. */
export interface EffectNote {
  readonly role: string;
  readonly table: string;
  readonly change: 'insert' | 'update' | 'delete';
  readonly subject: string;
  /** What the columns that are shown said then; empty where there are none. */
  readonly shown: string;
  /** When, microseconds since the case began: by the server's clock, set against the lab's. */
  readonly at: number;
}

/** Note `call`: one role calls another; `call-ended` says how it went. */
export interface CallNote {
  readonly n: number;
  readonly from: string;
  readonly to: string;
  readonly method: string;
  readonly path: string;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

export interface CallEndedNote {
  readonly n: number;
  /** Undefined where no answer came through. */
  readonly status?: number;
  readonly body?: unknown;
  readonly problem?: string;
}

/** What was seen of one subject, in its order. */
export interface Sequence {
  readonly subject: string;
  /** `orders CONFIRMED`; undefined where nothing ended it. */
  readonly end?: string;
  /** Whoever takes part: the client, where one asked, and roles in the kata's order. */
  readonly lanes: readonly string[];
  readonly steps: readonly Step[];
}

export type Step = {
  /** Microseconds since the case began. */
  readonly at: number;
  /** In history.jsonl, counted from 1. */
  readonly line: number;
  /** As it was: a route, a name, a row. */
  readonly what: string;
} & (
  | {
      readonly kind: 'asks' | 'answers' | 'tells';
      readonly from: string;
      /** Of a message that nobody takes, empty. */
      readonly to: readonly string[];
      /** The same message came before. */
      readonly again?: true | undefined;
    }
  /** `does`: its own database says so. `suffers`: what befell it. */
  | { readonly kind: 'does' | 'suffers'; readonly role: string }
);

/** The lane of whoever asks from outside. */
export const client = 'client';
