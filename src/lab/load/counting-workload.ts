import type { Problem } from '../../kata/history.js';
import type { ClientRequest, Reading } from '../../kata/client.js';
import type { LoadKind, LoadNote } from '../../kata/load.js';
import { LatencyRecorder } from '../measure/latency.js';
import type { Recorder } from '../../history/recorder.js';
import type { NextRequest } from './history-workload.js';
import type { Connection } from './http1/connection.js';
import { clientRequestBytes } from './http1/request.js';
import { readAnswer, shown, withRequest } from './read-answer.js';
import type { Workload } from './types.js';

/** So many of each kind are taken down: enough for a witness. */
const mostOfAKind = 10;

type Counts = Record<string, number>;

interface KindTally {
  readonly outcomes: Record<Reading['outcome'], number>;
  readonly latency: LatencyRecorder;
}

/** Counts what came, and takes down the first of each kind of what did not come right. */
export class CountingWorkload implements Workload {
  readonly keep = { headers: false, body: true };
  readonly outcomes = { ok: 0, fail: 0, unknown: 0 };
  readonly problems = { timeout: 0, connection: 0, contract: 0 };
  readonly leftOut = {
    outcomes: { ok: 0, fail: 0, unknown: 0 },
    problems: { timeout: 0, connection: 0, contract: 0 },
  };
  readonly remarks: Counts = {};
  answers = 0;
  mostInFlight = 0;
  readonly #hosts: readonly string[];
  readonly #recorder: Recorder;
  readonly #next: NextRequest;
  readonly #kinds: Counts = {};
  /** Of each virtual user, the one under way or last answered. */
  readonly #open: ClientRequest[] = [];
  /** Made beforehand, by number. */
  readonly #made: { readonly request: ClientRequest; readonly bytes: Buffer }[] = [];
  readonly #tallies = new Map<string, KindTally>();
  #inFlight = 0;

  /** @param hosts of the replicas, which the virtual users are shared out to in turn */
  constructor(hosts: readonly string[], recorder: Recorder, next: NextRequest) {
    this.#hosts = hosts;
    this.#recorder = recorder;
    this.#next = next;
  }

  /** A burst is to go out at one moment: making requests is not to delay the sending. */
  makeBeforehand(requests: number): void {
    for (let n = 0; n < requests; n += 1) this.#made.push(this.#make(n, n));
  }

  bytes(n: number, user: number): Buffer {
    const { request, bytes } = this.#made[n] ?? this.#make(n, user);
    this.#open[user] = request;
    this.#inFlight += 1;
    if (this.#inFlight > this.mostInFlight) this.mostInFlight = this.#inFlight;
    return bytes;
  }

  answered(connection: Connection): boolean {
    this.answers += 1;
    const request = this.#open[connection.user];
    if (!request) return true;
    const reading = readAnswer(connection, request);
    this.#tallyOf(request).latency.record(performance.now() - connection.intended);
    this.#take(request, reading, connection.intended);
    return reading.outcome !== 'unknown';
  }

  broke({ user, intended }: Connection, problem: Problem): void {
    const request = this.#open[user];
    if (request)
      this.#take(request, withRequest({ outcome: 'unknown', problem }, request), intended);
  }

  unasked({ user }: Connection, bytes: Buffer): void {
    const last = this.#open[user];
    if (!last || !this.#isWorthALine('unasked')) return;
    const received = bytes.toString('utf8', 0, 500);
    const { process } = last;
    this.#recorder.note('unasked-answer', { process, request: shown(last), received });
  }

  /** Of each kind of request; nothing where all are of one. */
  kinds(): Readonly<Record<string, LoadKind>> | undefined {
    if (this.#tallies.size < 2) return undefined;
    return Object.fromEntries(
      [...this.#tallies].map(([f, { outcomes, latency }]) => {
        latency.end();
        return [f, { outcomes, latency: latency.summary() }];
      }),
    );
  }

  #tallyOf({ f }: ClientRequest): KindTally {
    const found = this.#tallies.get(f);
    if (found) return found;
    const tally = { outcomes: { ok: 0, fail: 0, unknown: 0 }, latency: new LatencyRecorder() };
    tally.latency.begin();
    this.#tallies.set(f, tally);
    return tally;
  }

  #make(n: number, user: number): { request: ClientRequest; bytes: Buffer } {
    const request = this.#next(user, n);
    const host = this.#hosts[user % this.#hosts.length] as string;
    return { request, bytes: clientRequestBytes(host, request) };
  }

  #take(request: ClientRequest, reading: Reading, intended: number): void {
    this.#inFlight -= 1;
    this.outcomes[reading.outcome] += 1;
    this.#tallyOf(request).outcomes[reading.outcome] += 1;
    const kind = this.#kindOf(reading);
    if (kind !== undefined && this.#isWorthALine(kind)) {
      this.#recorder.takeDown(request, reading, intended);
      return;
    }
    this.leftOut.outcomes[reading.outcome] += 1;
    if (reading.outcome === 'unknown') this.leftOut.problems[reading.problem.kind] += 1;
  }

  /** @returns undefined for what is as it should be */
  #kindOf(reading: Reading): string | undefined {
    if (reading.outcome === 'unknown') {
      this.problems[reading.problem.kind] += 1;
      return reading.problem.kind;
    }
    const { remark } = reading;
    if (remark !== undefined) this.remarks[remark] = (this.remarks[remark] ?? 0) + 1;
    return remark;
  }

  #isWorthALine(kind: string): boolean {
    const before = this.#kinds[kind] ?? 0;
    this.#kinds[kind] = before + 1;
    return before < mostOfAKind;
  }
}

/** What the history says of a load that was only counted. */
export function noteOf(
  workload: CountingWorkload,
  rest: Pick<LoadNote, 'arrivals' | 'warmUp' | 'connections' | 'wanted' | 'sent' | 'unasked'>,
): LoadNote {
  const { outcomes, problems, remarks, mostInFlight, leftOut, answers: answered } = workload;
  const kinds = workload.kinds();
  const counts = { answered, outcomes, problems, remarks, mostInFlight, leftOut };
  return { ...rest, ...counts, ...(kinds && { kinds }) };
}
