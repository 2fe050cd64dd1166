import type { HistoryEvent, Problem } from '../kata/history.js';
import type { ClientRequest, Reading } from '../kata/client.js';
import { bounded } from './bounded.js';

export type Listener = (event: HistoryEvent) => void;

/**
 * Takes down the history of one case, in the order in which things happened, and tells whoever
 * listens of each event as it happens.
 */
export class Recorder {
  readonly #case: number;
  readonly #begun = performance.now();
  readonly #events: HistoryEvent[] = [];
  readonly #listeners: Listener[] = [];
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

  /** @param listener is called within the experiment: it must be quick, and never throw */
  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** @returns the operation, to be completed once */
  invoke(request: Asked): OpenOperation {
    return this.#invoke(request, this.#now());
  }

  /** An operation that is over, of a load that is only counted. @param startedAt `performance.now()` */
  takeDown(request: ClientRequest, reading: Reading, startedAt: number): void {
    const at = Math.max(0, this.since(startedAt));
    this.#invoke(request, at).complete(reading);
  }

  note(f: string, value: unknown): void {
    const at = this.#now();
    this.#tell({ case: this.#case, at, type: 'note', f, value: bounded(value) });
  }

  #invoke({ f, process, asked, role }: Asked, at: number): OpenOperation {
    const op = this.#operations;
    this.#operations += 1;
    const value = bounded(asked);
    const whose = role === undefined ? { process } : { process, role };
    this.#tell({ case: this.#case, at, type: 'invoke', op, ...whose, f, value });
    return { complete: (reading) => this.#complete({ op, process, f }, reading) };
  }

  #complete({ op, process, f }: Completed, reading: Reading): void {
    const at = this.#now();
    const { outcome: type } = reading;
    if (type === 'unknown' && reading.problem.kind === 'timeout' && reading.problem.own !== true)
      this.#timeouts += 1;
    this.#tell(
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
        : { case: this.#case, at, type, op, process, f, value: bounded(reading.value ?? null) },
    );
  }

  #tell(event: HistoryEvent): void {
    this.#events.push(event);
    for (const listener of this.#listeners) listener(event);
  }

  /** Microseconds since the case began. @param moment `performance.now()` */
  since(moment: number): number {
    return Math.round((moment - this.#begun) * 1000);
  }

  #now(): number {
    return this.since(performance.now());
  }
}

function boundedProblem(problem: Problem): Problem {
  return bounded(problem) as Problem;
}

type Asked = Pick<ClientRequest, 'f' | 'process' | 'asked' | 'role'>;

interface Completed {
  readonly op: number;
  readonly process: number;
  readonly f: string;
}

export interface OpenOperation {
  complete(reading: Reading): void;
}
