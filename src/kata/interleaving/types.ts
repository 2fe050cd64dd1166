import type { SeenTable, SqlValue, StatementRun } from '../statements.js';

/**
 * What two requests did in the database, side by side, as far as it is certain. Pure data: faces draw
 * it. All moments are microseconds since the case began.
 */
export interface Interleaving {
  /** Why these: they prove the finding, they show how a strategy held, or they are what there is. */
  readonly about: 'witness' | 'held' | 'shown';
  /** For `witness`: the invariant that broke. */
  readonly invariant?: string;
  /** Two at most. */
  readonly lanes: readonly Lane[];
  /** In the order in which they began. */
  readonly steps: readonly Step[];
  readonly moment?: Moment;
  /** For `held`. */
  readonly held?: Held;
  readonly rest: Rest;
}

export interface Lane {
  /** `b-14`, `m-3`, or of a connection whose request is not known its number. */
  readonly name: string;
  readonly kind: 'request' | 'message' | 'session';
  /** What was asked: `purchase`, a queue. */
  readonly what?: string;
  /** The connections that it used, by number. */
  readonly sessions: readonly number[];
  /** How it is known that these statements are its own. */
  readonly tie: Tie;
  /** Transactions that may be its own as well, or another's: nobody can tell. */
  readonly maybe?: number;
}

export type Tie =
  /** This value of the request is in a statement, and no other request under way then has it. */
  | { readonly by: 'value'; readonly value: string }
  /** No other request was under way. */
  | { readonly by: 'time' }
  /** Nobody can tell whose they are: so many were under way, these among them. */
  | { readonly by: 'nothing'; readonly candidates: number; readonly among: readonly string[] }
  /** It did nothing in the database that was seen. */
  | { readonly by: 'no-statements' };

interface InLane {
  /** Index in `lanes`. */
  readonly lane: number;
}

export type Step = Asked | Answered | Ran | Waited | Committed | Seen | Heard;

export interface Asked extends InLane {
  readonly kind: 'asked';
  readonly at: number;
  readonly value: unknown;
}

export interface Answered extends InLane {
  readonly kind: 'answered';
  readonly at: number;
  readonly outcome: 'ok' | 'fail' | 'unknown';
  readonly value: unknown;
}

/** A statement; its effect lies somewhere between its two moments. */
export interface Ran extends InLane, Omit<StatementRun, 'kind'> {
  readonly kind: 'ran';
  /** Statements of the other lane (their `n`) with which its order matters and is not certain. */
  readonly unsureWith: readonly number[];
}

/** A statement was seen waiting for a lock; how long before and after nobody looked. */
export interface Waited extends InLane {
  readonly kind: 'waited';
  readonly n: number;
  readonly from: number;
  readonly to: number;
  /** Which of these, sent together with it, waited is not known. */
  readonly among?: readonly number[];
  /** Lanes that it waited for. */
  readonly forLanes: readonly number[];
  /** Other connections; -1 stands for somebody whom the tap did not see. */
  readonly forSessions: readonly number[];
}

/** A transaction that had no COMMIT of its own was committed. */
export interface Committed extends InLane {
  readonly kind: 'committed';
  readonly from: number;
  readonly to: number;
}

/** What others could see after a COMMIT. */
export interface Seen extends InLane {
  readonly kind: 'seen';
  readonly from: number;
  readonly to: number;
  readonly tables: readonly SeenTable[];
  /** No other transaction that wrote there can have been committed between the COMMIT and the look. */
  readonly isSure: boolean;
}

/** A message was delivered, settled or published. */
export interface Heard extends InLane {
  readonly kind: 'heard';
  readonly at: number;
  readonly what: 'delivered' | 'acked' | 'rejected' | 'published';
  readonly id: string;
}

/** The last moment at which the fault could still have been avoided. */
export type Moment =
  /** It writes by what it has read, though another has committed since. */
  | {
      readonly kind: 'stale-write';
      /** Who writes; with `third`, whose change is written over. */
      readonly lane: number;
      /** Somebody who is not drawn writes. */
      readonly third?: Third;
      readonly read: number;
      readonly write: number;
      /** `to` of the other's COMMIT. */
      readonly committedAt: number;
      readonly table: string;
      /** What was read was old for certain when it was written. */
      readonly isSure: boolean;
    }
  /** Two writes that belong together are committed one after the other. */
  | {
      readonly kind: 'split-write';
      readonly lane: number;
      readonly write: number;
      readonly at: number;
    }
  /** A message goes out after the COMMIT, not with it. */
  | {
      readonly kind: 'apart-message';
      readonly lane: number;
      readonly at: number;
      readonly id: string;
    };

/** Another one, that is drawn in no lane. */
export interface Third {
  readonly name: string;
  readonly kind: Lane['kind'];
  readonly read: StatementRun;
  readonly write: StatementRun;
}

export type Held =
  | { readonly kind: 'refused'; readonly lane: number; readonly n: number; readonly code: string }
  | { readonly kind: 'waited'; readonly lane: number; readonly n: number; readonly for: number }
  | { readonly kind: 'no-row' | 'no-insert'; readonly lane: number; readonly n: number }
  | { readonly kind: 'one-statement'; readonly lane: number; readonly n: number }
  | { readonly kind: 'apart' };

/** What is not drawn. */
export interface Rest {
  readonly requests: number;
  readonly sessions: number;
  readonly committed: number;
  readonly rolledBack: number;
  /** Statements that the server refused, by SQLSTATE. */
  readonly refused: Readonly<Record<string, number>>;
  /** Transactions of which nobody can tell whose they were. */
  readonly untied: number;
  /** Connections that could not be read, and events that were left out. */
  readonly unreadable: number;
  readonly leftOut: number;
  /** Statements of the lanes that are left out of the picture. */
  readonly undrawn: number;
}

export type { SqlValue };
