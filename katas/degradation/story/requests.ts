import type { PoolEndedNote } from '../../../src/kata/index.js';
import type { Route } from '../contract.js';
import type { Answered, Asked } from '../notes.js';

/** A call as the services saw it; microseconds since the case began. */
export interface Call {
  readonly n: number;
  /** To which of the two it came. */
  readonly service: string;
  readonly at: number;
  readonly line: number;
  /** What it said it has left. */
  readonly deadline: string | null;
  /** When a worker began with it, and was done; Infinity where none ever was. */
  readonly begun: number;
  readonly end: number;
  readonly how: PoolEndedNote['how'] | undefined;
  readonly value: number | undefined;
}

/** What a client asked, what it got, and what came of it. */
export interface Request extends Asked {
  readonly route: Route;
  readonly start: number;
  /** Of the answer, or of hanging up. */
  readonly end: number;
  /** Undefined where the client hung up. */
  readonly answer: Answered | undefined;
  readonly calls: readonly Call[];
  readonly line: number;
}
