import type { Problem } from './history.js';

/** What an experiment can do. Everything it starts is stopped by the lab, also when it throws. */
export interface Lab {
  /** Pseudo-random numbers that the run's seed fixes. */
  readonly random: Random;
  /** The case's own fresh database, reached directly and never through the implementation. */
  readonly database: Database;
  /** Aborted on Ctrl-C: whatever waits must listen to it. */
  readonly signal: AbortSignal;
  /** Starts the implementation and waits until it is healthy. */
  start(): Promise<Program>;
  /** Sends every request at the same moment, each on a connection of its own, and measures. */
  burst(program: Program, requests: readonly ClientRequest[], limits?: AnswerLimit): Promise<void>;
  /** Sends one request after the other; recorded in the history, not in the latencies. */
  oneByOne(
    program: Program,
    requests: readonly ClientRequest[],
    limits?: AnswerLimit,
  ): Promise<void>;
  /** Writes a fact of the experiment into the history. */
  note(f: string, value: unknown): void;
}

export interface AnswerLimit {
  /** A request not answered by then is `unknown`; 10 s where nothing is said. */
  readonly answerWithinMs: number;
}

export interface Program {
  readonly url: string;
  /** SIGTERM, and SIGKILL for one that does not end within the contract's five seconds. */
  stop(): Promise<void>;
}

export interface Database {
  /** Undefined for a kata without a database. */
  readonly url: string | undefined;
  /** @throws the driver's error as it is */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [min, max], both included. */
  integer(min: number, max: number): number;
}

/** One request of a virtual user, with the operation that it stands for in the history. */
export interface ClientRequest {
  readonly process: number;
  readonly f: string;
  readonly asked: unknown;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Reads an answer as the contract of the kata says. */
  readonly read: (answer: Answer) => Reading;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as text; `json()` gives undefined where it isn't JSON. */
  readonly text: string;
  json(): unknown;
}

export type Reading =
  | { readonly outcome: 'ok' | 'fail'; readonly value: unknown }
  | { readonly outcome: 'unknown'; readonly problem: Problem };

/** For an answer outside the contract: says what was expected, keeps what came. */
export function outsideContract(answer: Answer, expected: string): Reading {
  const received = `${answer.status} ${answer.text.slice(0, 500)}`;
  return {
    outcome: 'unknown',
    problem: { kind: 'contract', detail: `status ${answer.status}`, expected, received },
  };
}
