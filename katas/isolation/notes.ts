import type { StatementResult } from '../../src/kata/index.js';
import type { Row } from './contract.js';

/*
 * What the experiment writes into the history: one operation a statement, of the process that is the
 * session's number, and these notes.
 */

export interface Sent {
  readonly script: string;
  /** Index into the script's steps; left out for BEGIN and for the ROLLBACK after a failure. */
  readonly step?: number;
  readonly sql: string;
}

export type Returned = StatementResult<Row>;

export interface Failed {
  /** SQLSTATE */
  readonly code: string;
  readonly message: string;
}

/** Note `waits`: pg_blocking_pids() named other sessions of the script. */
export interface Waits {
  readonly script: string;
  readonly step: number | undefined;
  readonly session: number;
  readonly waitsFor: readonly number[];
}

/** Note `script-ended`. */
export interface Ended {
  readonly script: string;
  /** False where it could not be played to its end: then it says nothing. */
  readonly complete: boolean;
}

/** Note `final`: the table, once every session is over. */
export interface Final {
  readonly script: string;
  readonly rows: readonly Row[];
}
