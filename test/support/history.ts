import { History, type HistoryEvent, type Problem } from '../../src/kata/history.js';

/** Writes histories by hand: each step takes ten microseconds. */
export class HistoryWriter {
  readonly #events: HistoryEvent[] = [];
  #operations = 0;
  #passedUs = 0;

  invoke(process: number, f: string, value: unknown): number {
    const op = this.#operations;
    this.#operations += 1;
    this.#events.push({ ...this.#base(), type: 'invoke', op, process, f, value });
    return op;
  }

  complete(op: number, type: 'ok' | 'fail', value: unknown): void {
    this.#events.push({ ...this.#base(), type, op, ...this.#invocation(op), value });
  }

  unknown(op: number, problem: Problem): void {
    this.#events.push({
      ...this.#base(),
      type: 'unknown',
      op,
      ...this.#invocation(op),
      value: null,
      problem,
    });
  }

  note(f: string, value: unknown): void {
    this.#events.push({ ...this.#base(), type: 'note', f, value });
  }

  /** So much time passes before the next step. */
  later(ms: number): void {
    this.#passedUs += ms * 1000;
  }

  history(firstLine = 1): History {
    return new History(this.#events, firstLine);
  }

  #base(): { case: number; at: number } {
    return { case: 0, at: this.#events.length * 10 + this.#passedUs };
  }

  #invocation(op: number): { process: number; f: string } {
    for (const event of this.#events)
      if (event.type === 'invoke' && event.op === op) return { process: event.process, f: event.f };
    throw new Error(`operation ${op} was never invoked`);
  }
}
