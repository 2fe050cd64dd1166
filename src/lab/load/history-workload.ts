import type { Problem } from '../../kata/history.js';
import type { ClientRequest, Reading } from '../../kata/client.js';
import type { OpenLoad } from '../../kata/load.js';
import type { OpenOperation, Recorder } from '../../history/recorder.js';
import type { Connection } from './http1/connection.js';
import { clientRequestBytes } from './http1/request.js';
import { readAnswer, shown, withRequest } from './read-answer.js';
import type { Retries } from './retries.js';
import type { Workload } from './types.js';

/** The request with this number, counted from 0, which this virtual user sends. */
export type NextRequest = (user: number, n: number) => ClientRequest;

/** How the clients of a load are, where it matters. */
export interface Habits {
  /** When they hang up is theirs to say, and nothing against the program. */
  readonly hangUp?: boolean;
  readonly again?: OpenLoad['again'];
  /** Whether the experiment had killed who is asked: that nobody answers is no wonder. */
  readonly isGone?: (host: string) => boolean;
  /** Where further tries wait. */
  readonly retries?: Retries;
}

/** Takes down every operation, for checkers that look at each: its memory grows with them. */
export class HistoryWorkload implements Workload {
  readonly keep = { headers: true, body: true };
  readonly #hosts: readonly string[];
  readonly #recorder: Recorder;
  readonly #next: NextRequest;
  /** Of each virtual user, the one under way. */
  readonly #open: {
    readonly request: ClientRequest;
    readonly operation: OpenOperation;
    readonly toNobody: boolean;
  }[] = [];

  readonly #habits: Habits;
  /** Requests of the profile so far: further tries have no number of their own. */
  #fresh = 0;

  /** @param hosts of the replicas, which the virtual users are shared out to in turn */
  constructor(
    hosts: readonly string[],
    recorder: Recorder,
    next: NextRequest,
    habits: Habits = {},
  ) {
    this.#hosts = hosts;
    this.#recorder = recorder;
    this.#next = next;
    this.#habits = habits;
  }

  bytes(_n: number, user: number): Buffer {
    const request = this.#habits.retries?.sent() ?? this.#next(user, this.#fresh++);
    const host = this.#hosts[user % this.#hosts.length] as string;
    const bytes = clientRequestBytes(host, request);
    const toNobody = this.#habits.isGone?.(host) ?? false;
    this.#open[user] = { request, operation: this.#recorder.invoke(request), toNobody };
    return bytes;
  }

  answered(connection: Connection): boolean {
    const open = this.#open[connection.user];
    if (!open) return true;
    const reading = readAnswer(connection, open.request);
    open.operation.complete(reading);
    this.#maybeAgain(open.request, reading);
    return reading.outcome !== 'unknown';
  }

  broke({ user }: Connection, problem: Problem): void {
    const open = this.#open[user];
    if (!open) return;
    const hungUp = problem.kind === 'timeout' && this.#habits.hangUp === true;
    const isOwn = hungUp || open.toNobody;
    const reading = {
      outcome: 'unknown',
      problem: isOwn ? ({ ...problem, own: true } as const) : problem,
    } as const;
    open.operation.complete(withRequest(reading, open.request));
    this.#maybeAgain(open.request, reading);
  }

  unasked({ user }: Connection, bytes: Buffer): void {
    const last = this.#open[user]?.request;
    if (!last) return;
    const received = bytes.toString('utf8', 0, 500);
    const { process } = last;
    this.#recorder.note('unasked-answer', { process, request: shown(last), received });
  }

  #maybeAgain(request: ClientRequest, reading: Reading): void {
    const { again, retries } = this.#habits;
    const further = again?.(request, reading);
    if (further) retries?.add(performance.now() + further.afterMs, further.request);
  }
}
