import { HistoryWriter } from '../../test/support/history.js';
import type { Asked } from './notes.js';
import { check } from './rules.js';

/** A bank that is right or wrong, told step by step into a history. */
export class Teller {
  readonly writer = new HistoryWriter();
  #process = 0;

  begin(kind: Asked['kind'], amount = 0, account = 'a-1'): number {
    this.#process += 1;
    return this.writer.invoke(this.#process, kind, { account, kind, amount });
  }

  ok(op: number, balance: number): void {
    this.writer.complete(op, 'ok', { balance });
  }

  refuse(op: number, balance: number): void {
    this.writer.complete(op, 'fail', { balance });
  }

  lose(op: number): void {
    this.writer.unknown(op, { kind: 'timeout', detail: 'no answer' });
  }

  /** One operation from beginning to end. */
  alone(kind: Asked['kind'], amount: number, balance: number): void {
    this.ok(this.begin(kind, amount), balance);
  }

  rest(balance: number, account = 'a-1'): void {
    this.writer.note('rest', {});
    this.ok(this.begin('read', 0, account), balance);
  }

  end(balance: number) {
    this.rest(balance);
    return check(this.writer.history());
  }
}

/** The invariants that it breaks. */
export function broken(result: ReturnType<typeof check>): string[] {
  return result.findings.filter((one) => !one.holds).map((one) => one.invariant);
}
