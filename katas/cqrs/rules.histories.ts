import { HistoryWriter } from '../../test/support/history.js';
import {
  statusAfter,
  stream,
  summaryOf,
  type EventName,
  type Shown,
  type WhenCut,
} from './contract.js';
import type { Answers, OrderRow } from './notes.js';
import { check } from './rules.js';

export const waitMs = 1_000;
export const c = 'c-1';

/** An event as it lies in the stream. */
export interface Event extends OrderRow {
  readonly name: EventName;
}

/** How a view takes an event, given what it has of that order. */
export type Folds = (there: Shown | undefined, event: Event) => boolean;

export const byVersion: Folds = (there, event) => event.version > (there?.version ?? 0);
export const asItComes: Folds = () => true;

interface Judging {
  readonly whenCut?: WhenCut;
  readonly strategy?: string;
  readonly users?: number;
}

/** A history by hand: a write side, a stream, and a view that folds as it is told. */
export class Tale {
  readonly writer = new HistoryWriter();
  readonly stream: Event[] = [];
  readonly #folds: Folds;
  readonly #written = new Map<string, OrderRow>();
  #view = new Map<string, OrderRow>();

  constructor(folds: Folds = byVersion) {
    this.#folds = folds;
  }

  act(name: string, play: () => void): this {
    this.writer.note('act-began', { act: name });
    play();
    this.writer.note('act-ended', { act: name });
    return this;
  }

  /** Written and told; without an amount it is cancelled. */
  write(order: string, customer: string, amount?: number, told = true): Event {
    const before = this.#written.get(order);
    const version = (before?.version ?? 0) + 1;
    const name: EventName =
      amount === undefined ? 'OrderCancelled' : version === 1 ? 'OrderCreated' : 'OrderChanged';
    const row: OrderRow = {
      ...{ id: order, customer, version, status: statusAfter[name] },
      amount: amount ?? before?.amount ?? 1,
    };
    this.#written.set(order, row);
    const op = this.writer.invoke(1, 'write', { order, customer, amount });
    this.writer.complete(op, 'ok', { id: order, version, token: `${order}@${version}` });
    const event = { ...row, name };
    if (told) this.#tell(event);
    return event;
  }

  fold(...events: readonly Event[]): this {
    for (const event of events)
      if (this.#folds(this.#view.get(event.id), event)) this.#view.set(event.id, event);
    return this;
  }

  empty(): this {
    this.#view = new Map();
    return this;
  }

  list(
    reader: number,
    customer: string,
    how: { token?: string; refused?: boolean; ageMs?: number; tookMs?: number } = {},
  ): this {
    const { token, refused = false, ageMs = 0, tookMs = 0 } = how;
    const asked = { customer, reader: `r-${reader}`, ...(token !== undefined && { token }) };
    const op = this.writer.invoke(reader, 'list', asked);
    this.writer.later(tookMs);
    if (refused) this.writer.complete(op, 'fail', { reason: 'unavailable' });
    else this.writer.complete(op, 'ok', { orders: this.#shownOf(customer), ageMs });
    return this;
  }

  answers(): Answers[] {
    const customers = new Set([...this.#written.values()].map(({ customer }) => customer));
    return [...customers].map((customer) => {
      const orders = this.#shownOf(customer);
      return { customer, orders, summary: summaryOf(orders) };
    });
  }

  settle(what: 'end' | 'rebuilt', before?: Answers[], shown = this.answers()): this {
    const written = [...this.#written.values()];
    this.writer.note('settled', { what, written, shown, ...(before && { before }) });
    return this;
  }

  judged({ whenCut = 'refuse', strategy = 'versioned-projection', users = 1 }: Judging = {}) {
    const result = check(this.writer.history(), { waitMs, whenCut, users }, strategy);
    return {
      ...result,
      broken: result.findings.filter(({ holds }) => holds === false).map((one) => one.invariant),
      undecided: result.findings.filter(({ holds }) => holds === null).map((one) => one.invariant),
      unmet: result.coverage.filter(({ met }) => !met).map(({ condition }) => condition),
      story: (name: string): string =>
        result.findings.find(({ invariant }) => invariant === name)?.witness?.story.en ?? '',
    };
  }

  #shownOf(customer: string): Shown[] {
    return [...this.#view.values()]
      .filter((row) => row.customer === customer)
      .map(({ id, version, status, amount }) => ({ id, version, status, amount }));
  }

  #tell(event: Event): void {
    const { id: order, name, customer, version, amount } = event;
    this.stream.push(event);
    const message = {
      ...{ id: `m-${order}-${version}`, key: name, exchange: 'events', headers: {} },
      ...{ redelivered: false, deaths: [], body: { order, version, customer, amount } },
    };
    this.writer.note('observed', { queue: stream, message });
  }
}

/** A short life of one order: created, changed, and folded as it came. */
export function lived(folds: Folds = byVersion): Tale {
  const tale = new Tale(folds);
  tale.fold(tale.write('o-1', c, 10), tale.write('o-1', c, 20));
  return tale;
}
