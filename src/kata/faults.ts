/** Faults that an experiment sets, and how the history tells of them. */

/** Of bytes: from the program to what it depends on, or back. Before a program, it is the server. */
export type Direction = 'to-server' | 'to-client';

/** `fin`: closed in order, after what was sent. `rst`: the other end sees ECONNRESET. */
export type CutHow = 'fin' | 'rst';

export interface Delay {
  /** Milliseconds that every byte is late, in one direction. */
  readonly ms: number;
  /** Up to so much more or less, as the run's seed has it; the order of bytes is kept. */
  readonly jitterMs?: number;
  /** Both where nothing is said: then a question and its answer are late by twice as much. */
  readonly direction?: Direction;
}

export interface Bandwidth {
  /** Of each connection, in one direction. */
  readonly bytesPerSecond: number;
  /** Both where nothing is said. */
  readonly direction?: Direction;
}

/** Where a hold begins. */
export interface HoldPoint {
  /** Text is UTF-8. A RegExp sees each byte as one character (latin1). */
  readonly pattern: string | RegExp | Buffer;
  /** So many matches pass first, counted over all connections. */
  readonly skip?: number;
  /** Holds so many connections at most; the matches of others pass. */
  readonly first?: number;
}

/** A TCP proxy of the lab's own; without faults it only forwards. Stopped by the lab. */
export interface Proxy {
  /** Like the original's, with host and port replaced. */
  readonly url: string;
  /** Of a system: whose it is, or the program that it stands before. */
  readonly role?: string;
  /** Open at this moment. */
  readonly connections: number;
  /** Replaces an earlier delay of the same direction. */
  delay(fault: Delay): void;
  /** Replaces an earlier limit of the same direction. */
  limit(fault: Bandwidth): void;
  /** Ends every connection there is, on both sides; what was under way in them is lost. New ones pass. */
  cut(how: CutHow): void;
  /** Nothing passes and nothing closes, also for new connections, until `heal`. */
  blackHole(): void;
  /**
   * Stops forwarding in one direction: at once, or in each connection before the bytes that match.
   * Bytes sent before this call are not looked at.
   */
  hold(direction: Direction, at?: HoldPoint): Hold;
  /** Takes all faults away, holds too: what was held back goes on in order. */
  heal(): void;
  stop(): Promise<void>;
}

export interface Hold {
  /** Connections that have bytes held back. */
  readonly held: number;
  /**
   * Waits until bytes are held back; false at the limit (default 10 s), and then the history has a
   * note `awaited-in-vain`.
   */
  reached(limitMs?: number): Promise<boolean>;
  /** What was held back goes on, in order; also of a client that has been killed meanwhile. */
  release(): void;
  /** Ends the connections that are held; what was held back is never delivered. Later ones pass. */
  cut(how: CutHow): void;
}

/** A statement on a table, for every row that it touches. */
export interface FreezePoint {
  /** As in SQL, with its schema where it needs one. */
  readonly table: string;
  readonly on: 'insert' | 'update' | 'delete';
  /**
   * `before` (the default): the row is not written yet; of an update or delete it is locked.
   * `after`: it is written and not committed. `commit`: the whole transaction is done but for its
   * COMMIT, which has reached the server; or a statement that is a transaction of its own.
   */
  readonly timing?: 'before' | 'after' | 'commit';
  /** SQL over NEW and OLD, without subqueries: `NEW.balance < OLD.balance`. */
  readonly when?: string;
  /** Holds so many rows only, in the order in which they come; a repeated statement counts anew. */
  readonly first?: number;
}

/**
 * Holds whoever comes to the point. A program killed there is not enough for a crash: its server
 * session lives on, and after `release` the held statement takes effect, and commits where it is a
 * transaction of its own. `abandon` is the crash.
 */
export interface Freeze {
  /**
   * Waits until so many sessions (default 1) stand there, as pg_blocking_pids() tells; undefined at
   * the limit (default 10 s), and then the history has a note `awaited-in-vain`.
   * @returns their process ids in the server
   */
  reached(sessions?: number, limitMs?: number): Promise<readonly number[] | undefined>;
  /**
   * Ends the sessions that stand there, as the server does when it learns that their client has
   * crashed: the held statements never take effect, and what their transactions did before is
   * rolled back. Later statements pass. Settles when those sessions are gone.
   */
  abandon(): Promise<void>;
  /** Lets them go on; later statements pass. */
  release(): Promise<void>;
}

/** One role cut off from all the others: its broker and its neighbours, both ways, until `heal`. */
export interface Partition {
  heal(): void;
}

/** Note `fault`: it begins. A `cut` is over at once. */
export interface FaultNote {
  /** Which fault of the case, counted from 0. */
  readonly n: number;
  readonly kind: 'delay' | 'limit' | 'cut' | 'black-hole' | 'hold' | 'freeze' | 'partition';
  /**
   * `database`, `broker`, `upstream`, `program`, or the URL's host and port; a freeze: the table; a
   * partition: the role.
   */
  readonly target: string;
  /** Of a system: the role that it is about. */
  readonly role?: string;
  /** What was asked for. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Note `fault-reached`: a hold or a freeze has something to hold. */
export interface FaultReachedNote {
  readonly n: number;
  /** Of a freeze: the sessions' process ids in the server. */
  readonly pids?: readonly number[];
}

/** Note `fault-ended`. One without it lasted until the case ended. */
export interface FaultEndedNote {
  readonly n: number;
  readonly how: 'healed' | 'released' | 'cut' | 'abandoned' | 'replaced' | 'stopped';
}

/**
 * Note `fault-disarmed`: the program has laid hands on what the lab had set, so that the fault may
 * not have hit. Such a case never holds.
 */
export interface FaultDisarmedNote {
  readonly n: number;
  readonly target: string;
}

/**
 * Note `schema-changed`: the program has changed the tables that the lab had made. Where a statement
 * of the lab's failed on it, the experiment ends there, and it is the program's fault; where the
 * change may have shown the lab other rows than the program's, such a case never holds.
 */
export interface SchemaChangedNote {
  readonly changes: readonly SchemaChange[];
  readonly failed?: { readonly statement: string; readonly error: string };
}

export interface SchemaChange {
  readonly kind:
    | 'table'
    | 'column'
    | 'required'
    | 'rights'
    /** Row security that also binds who may do all that the owner may. */
    | 'rows'
    | 'constraint'
    | 'trigger'
    | 'rule';
  /** `stock`, `stock.quantity`: the program's words, where it made it. */
  readonly name: string;
  readonly change: 'gone' | 'other' | 'new';
}

/** A step of a schedule: something to do to the program's surroundings, and its moment. */
export type ScheduledFault = Moment & {
  /** In a word or two, for the history: `black hole`, `heal`. */
  readonly what: string;
  /** A fault of a proxy, a kill, whatever the experiment can do. */
  readonly act: () => unknown;
};

/** Take the numbers from `lab.random`, and the seed fixes the schedule. */
export type Moment =
  /** Milliseconds after the load began. */
  | { readonly afterMs: number; readonly atRequest?: never }
  /** As the load sends its n-th request, counted from 1. */
  | { readonly atRequest: number; readonly afterMs?: never };

/** Note `schedule`: what is planned, as the load begins. */
export interface ScheduleNote {
  readonly steps: readonly {
    readonly what: string;
    readonly afterMs?: number;
    readonly atRequest?: number;
  }[];
}

/** Note `schedule-step`: a step is carried out now. */
export interface ScheduleStepNote {
  /** Which of the steps, counted from 0. */
  readonly step: number;
  readonly what: string;
}

/** Note `schedule-ended`: the load is over. Steps whose moment never came were not carried out. */
export interface ScheduleEndedNote {
  readonly carriedOut: number;
  /** Which steps were not, counted from 0. */
  readonly left: readonly number[];
}
