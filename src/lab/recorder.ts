import type { HistoryEvent } from '../kata/history.js';
import type { ClientRequest, Reading } from '../kata/lab.js';

/** Takes down the history of one case, in the order in which things happened. */
export class Recorder {
  readonly #case: number;
  readonly #begun = performance.now();
  readonly #events: HistoryEvent[] = [];
  #operations = 0;

  constructor(caseIndex: number) {
    this.#case = caseIndex;
  }

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  /** @returns the operation, to be completed once */
  invoke({ f, process, asked }: Pick<ClientRequest, 'f' | 'process' | 'asked'>): OpenOperation {
    const op = this.#operations;
    this.#operations += 1;
    this.#events.push({ ...this.#now(), type: 'invoke', op, process, f, value: asked });
    return {
      complete: (reading) => {
        const completion = { ...this.#now(), op, process, f };
        if (reading.outcome === 'unknown') {
          const { outcome: type, problem } = reading;
          this.#events.push({ ...completion, type, value: null, problem });
        } else {
          this.#events.push({ ...completion, type: reading.outcome, value: reading.value });
        }
      },
    };
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
    this.#events.push({ ...this.#now(), type: 'note', f, value });
  }

  #now(): { case: number; at: number } {
    return { case: this.#case, at: Math.round((performance.now() - this.#begun) * 1000) };
  }
}

export interface OpenOperation {
  complete(reading: Reading): void;
}
