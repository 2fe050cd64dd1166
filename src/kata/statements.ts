/**
 * What passed between programs and a database, as a tap on the wire saw it. All moments are
 * microseconds since the case began, of the same clock as the history's.
 */
export type WireEvent = StatementRun | TransactionEnd | SessionEvent | WaitSample | Look;

/** Text as PostgreSQL writes it; null is NULL. What could not be read as text begins with `\x`. */
export type SqlValue = string | null;

/** A connection; its number is unique in the case. */
interface OfSession {
  readonly session: number;
}

/** One statement, from when it was sent to when its answer was there. */
export interface StatementRun extends OfSession {
  readonly kind: 'statement';
  /** Unique in the case, in the order in which they were sent. */
  readonly n: number;
  /** Unique in the case. A statement outside BEGIN … COMMIT is one of its own, with all of its batch. */
  readonly transaction: number;
  readonly text: string;
  readonly parameters: readonly SqlValue[];
  /** Its effect lies between these two, nobody knows where. */
  readonly from: number;
  /** Where the answer never came: when the connection ended. */
  readonly to: number;
  /** `cut`: whether it took effect is unknown. `skipped`: one before it in the same batch failed. */
  readonly outcome: 'done' | 'failed' | 'suspended' | 'skipped' | 'cut';
  /** As the server names what it did: `SELECT`, `UPDATE`, `BEGIN`. */
  readonly tag?: string;
  /** Rows that it returned, changed or copied. */
  readonly count?: number;
  readonly columns?: readonly string[];
  /** The first of what it returned. */
  readonly rows?: readonly (readonly SqlValue[])[];
  readonly copiedBytes?: number;
  /** The beginning of what COPY carried, as far as it is text: `9, sku-1, b-14, 1; 10, …`. */
  readonly copied?: string;
  readonly error?: SqlError;
}

export interface SqlError {
  /** SQLSTATE */
  readonly code: string;
  readonly message: string;
}

/** The end of a transaction, told by the server; `cut` is not known to have ended either way. */
export interface TransactionEnd extends OfSession {
  readonly kind: 'ended';
  readonly transaction: number;
  readonly how: 'commit' | 'rollback' | 'cut';
  readonly from: number;
  readonly to: number;
}

export interface SessionEvent extends OfSession {
  readonly kind: 'session';
  /** `unreadable`: encrypted, or not the protocol; its bytes pass all the same. */
  readonly what: 'opened' | 'closed' | 'cancelled' | 'refused' | 'unreadable' | 'left-out';
  readonly at: number;
  /** The server's process, where it has told. */
  readonly pid?: number;
  readonly role?: string;
  readonly application?: string;
  readonly error?: SqlError;
}

/** Who waited for whose lock at one moment between `from` and `to`, by `pg_blocking_pids()`. */
export interface WaitSample {
  readonly kind: 'waits';
  readonly from: number;
  readonly to: number;
  readonly waits: readonly Wait[];
}

export interface Wait {
  /** A session of the tap's. */
  readonly session: number;
  /** Those that hold what it waits for, or stand before it in the queue. */
  readonly for: readonly number[];
  /** Somebody whom the tap does not see: the lab itself, say. */
  readonly forOthers: boolean;
}

/** What others could see of the rows that were written, at one moment between `from` and `to`. */
export interface Look {
  readonly kind: 'look';
  readonly from: number;
  readonly to: number;
  /** The transactions whose COMMIT had been answered, and that nobody had looked after yet. */
  readonly after: readonly number[];
  readonly tables: readonly SeenTable[];
}

export interface SeenTable {
  readonly table: string;
  readonly role?: string;
  readonly count: number;
  /** The rows that the statements named by their key. */
  readonly rows: readonly Readonly<Record<string, SqlValue>>[];
}
