import type { StatementRun, TransactionEnd } from '../../../kata/statements.js';

type End = Pick<TransactionEnd, 'transaction' | 'how' | 'from' | 'to'>;
type Answered = Pick<StatementRun, 'text' | 'from' | 'to' | 'outcome' | 'tag'>;

/** Which statements of one session belong together, by what the server answers. */
export class Transactions {
  readonly #next: () => number;
  readonly #onEnd: (end: End) => void;
  #current: number | undefined;
  #failed = false;
  #lastFrom = 0;

  /** @param next a number that no other transaction of the case has */
  constructor(next: () => number, onEnd: (end: End) => void) {
    this.#next = next;
    this.#onEnd = onEnd;
  }

  /** @returns the transaction that the statement is part of */
  of({ from, outcome }: Pick<Answered, 'from' | 'outcome'>): number {
    this.#current ??= this.#next();
    this.#lastFrom = from;
    if (outcome === 'failed') this.#failed = true;
    return this.#current;
  }

  /** After it has been told of. */
  after({ text, tag, from, to }: Answered): void {
    if (tag === 'COMMIT') this.#end('commit', from, to);
    else if (tag === 'ROLLBACK' && !/\bto\b/i.test(text)) this.#end('rollback', from, to);
  }

  /** ReadyForQuery: without a transaction whatever was still open has ended by itself. */
  ready(status: string, at: number): void {
    if (status !== 'I' || this.#current === undefined) return;
    this.#end(this.#failed ? 'rollback' : 'commit', this.#lastFrom, at);
  }

  /** @param isUnknown something was under way that may have been committed */
  disconnected(isUnknown: boolean, at: number): void {
    if (this.#current !== undefined) this.#end(isUnknown ? 'cut' : 'rollback', this.#lastFrom, at);
  }

  #end(how: TransactionEnd['how'], from: number, to: number): void {
    const transaction = this.#current;
    this.#current = undefined;
    this.#failed = false;
    if (transaction !== undefined) this.#onEnd({ transaction, how, from, to });
  }
}
