import type { Problem } from '../../kata/history.js';
import type { ClientRequest } from '../../kata/lab.js';
import type { OpenOperation, Recorder } from '../../history/recorder.js';
import type { Connection } from './http1/connection.js';
import { clientRequestBytes } from './http1/request.js';
import { readAnswer, shown, withRequest } from './read-answer.js';
import type { Workload } from './types.js';

/** The request with this number, counted from 0, which this virtual user sends. */
export type NextRequest = (user: number, n: number) => ClientRequest;

/** Takes down every operation, for checkers that look at each: its memory grows with them. */
export class HistoryWorkload implements Workload {
  readonly keep = { headers: true, body: true };
  readonly #hosts: readonly string[];
  readonly #recorder: Recorder;
  readonly #next: NextRequest;
  /** Of each virtual user, the one under way. */
  readonly #open: { readonly request: ClientRequest; readonly operation: OpenOperation }[] = [];

  /** @param hosts of the replicas, which the virtual users are shared out to in turn */
  constructor(hosts: readonly string[], recorder: Recorder, next: NextRequest) {
    this.#hosts = hosts;
    this.#recorder = recorder;
    this.#next = next;
  }

  bytes(n: number, user: number): Buffer {
    const request = this.#next(user, n);
    const bytes = clientRequestBytes(this.#hosts[user % this.#hosts.length] as string, request);
    this.#open[user] = { request, operation: this.#recorder.invoke(request) };
    return bytes;
  }

  answered(connection: Connection): boolean {
    const open = this.#open[connection.user];
    if (!open) return true;
    const reading = readAnswer(connection, open.request);
    open.operation.complete(reading);
    return reading.outcome !== 'unknown';
  }

  broke({ user }: Connection, problem: Problem): void {
    const open = this.#open[user];
    open?.operation.complete(withRequest({ outcome: 'unknown', problem }, open.request));
  }

  unasked({ user }: Connection, bytes: Buffer): void {
    const last = this.#open[user]?.request;
    if (!last) return;
    const received = bytes.toString('utf8', 0, 500);
    const { process } = last;
    this.#recorder.note('unasked-answer', { process, request: shown(last), received });
  }
}
