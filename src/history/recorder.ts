import type { HistoryEvent, Problem } from '../kata/history.js';
import type { ClientRequest, Reading } from '../kata/lab.js';
import { bounded } from './bounded.js';

/** Takes down the history of one case, in the order in which things happened. */
export class Recorder {
  readonly #case: number;
  readonly #begun = performance.now();
  readonly #events: HistoryEvent[] = [];
  #operations = 0;
  #timeouts = 0;

  constructor(caseIndex: number) {
    this.#case = caseIndex;
  }

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  /** Requests so far that hung, of the program's own. */
  get timeouts(): number {
    return this.#timeouts;
  }

  /** @returns the operation, to be completed once */
  invoke({ f, process, asked }: Pick<ClientRequest, 'f' | 'process' | 'asked'>): OpenOperation {
    const op = this.#operations;
    this.#operations += 1;
    const at = this.#now();
    const value = bounded(asked);
    this.#events.push({ case: this.#case, at, type: 'invoke', op, process, f, value });
    return { complete: (reading) => this.#complete({ op, process, f }, reading) };
  }

  /** An operation that is over, of a load that is only counted. @param startedAt `performance.now()` */
  takeDown(request: ClientRequest, reading: Reading, startedAt: number): void {
    const at = Math.max(0, Math.round((startedAt - this.#begun) * 1000));
    const first = this.#events.length;
    const operation = this.invoke(request);
    this.#events[first] = { ...(this.#events[first] as HistoryEvent), at };
    operation.complete(reading);
  }

  note(f: string, value: unknown): void {
    this.#events.push({
      case: this.#case,
      at: this.#now(),
      type: 'note',
      f,
      value: bounded(value),
    });
  }

  #complete({ op, process, f }: Completed, reading: Reading): void {
    const at = this.#now();
    const { outcome: type } = reading;
    if (type === 'unknown' && reading.problem.kind === 'timeout' && reading.problem.own !== true)
      this.#timeouts += 1;
    this.#events.push(
      type === 'unknown'
        ? {
            case: this.#case,
            at,
            type,
            op,
            process,
            f,
            value: null,
            problem: boundedProblem(reading.problem),
          }
        : { case: this.#case, at, type, op, process, f, value: bounded(reading.value) },
    );
  }

  /** Microseconds since the case began. */
  #now(): number {
    return Math.round((performance.now() - this.#begun) * 1000);
  }
}

function boundedProblem(problem: Problem): Problem {
  return bounded(problem) as Problem;
}

interface Completed {
  readonly op: number;
  readonly process: number;
  readonly f: string;
}

export interface OpenOperation {
  complete(reading: Reading): void;
}
