import type { Problem } from './history.js';

/** One request of a virtual user, with the operation that it stands for in the history. */
export interface ClientRequest {
  readonly process: number;
  /** Of a system: the role that is asked. A load takes it from its target. */
  readonly role?: string;
  readonly f: string;
  readonly asked: unknown;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent in place of the body as it stands, where what is sent is to be no JSON. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Reads an answer as the contract of the kata says. */
  readonly read: (answer: Answer) => Reading;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as text; `json()` gives undefined where it isn't JSON. */
  readonly text: string;
  /** Milliseconds since the intended send time. */
  readonly tookMs: number;
  json(): unknown;
}

export type Reading =
  | ({ readonly outcome: 'ok'; readonly value: unknown } & Remarked)
  | ({ readonly outcome: 'fail'; readonly value?: unknown } & Remarked)
  | { readonly outcome: 'unknown'; readonly problem: Problem };

interface Remarked {
  /** A word for what is worth a line of the history also where a load is only counted. */
  readonly remark?: string;
}

/** For an answer outside the contract: says what was expected, keeps what came. */
export function outsideContract(answer: Answer, expected: string): Reading {
  const received = `${answer.status} ${answer.text.slice(0, 500).trimEnd()}`;
  return {
    outcome: 'unknown',
    problem: { kind: 'contract', detail: `status ${answer.status}`, expected, received },
  };
}
