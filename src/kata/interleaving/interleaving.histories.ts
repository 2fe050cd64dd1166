import { HistoryWriter } from '../../../test/support/history.js';
import type { StatementRun, WireEvent } from '../statements.js';

/** One statement of a tale: `[from, to]` in microseconds. */
export type Told = readonly [
  at: readonly [number, number],
  text: string,
  more?: Partial<
    Pick<StatementRun, 'parameters' | 'rows' | 'columns' | 'count' | 'copied' | 'error' | 'outcome'>
  >,
];

/** What passes on the wire, written by hand. */
export class WireWriter {
  readonly events: WireEvent[] = [];
  #n = 0;
  #transactions = 0;

  /** @param how read from its last statement where it is left out */
  transaction(session: number, told: readonly Told[], how?: 'commit' | 'rollback' | 'cut'): number {
    const transaction = this.#transactions++;
    for (const [[from, to], text, more = {}] of told) {
      const [tag = ''] = text.split(' ');
      const outcome = more.error ? 'failed' : (more.outcome ?? 'done');
      this.events.push({
        ...{ kind: 'statement', session, n: this.#n++, transaction, text, from, to },
        ...{ parameters: [], outcome, ...(outcome === 'done' && { tag }), ...more },
      });
    }
    const [[from, to], last] = told.at(-1) ?? [[0, 0], ''];
    const ended = how ?? (last === 'ROLLBACK' ? 'rollback' : 'commit');
    this.events.push({ kind: 'ended', session, transaction, how: ended, from, to });
    return transaction;
  }

  waits(at: readonly [number, number], session: number, ...others: number[]): void {
    const [from, to] = at;
    const waits = [{ session, for: others, forOthers: false }];
    this.events.push({ kind: 'waits', from, to, waits });
  }

  look(at: readonly [number, number], after: number[], count: number): void {
    const [from, to] = at;
    this.events.push({
      kind: 'look',
      from,
      to,
      after,
      tables: [{ table: 'stock', count, rows: [] }],
    });
  }
}

/** All at once, as long as it takes. */
export function requests(...buyers: string[]): HistoryWriter {
  const writer = new HistoryWriter();
  const ops = buyers.map((buyer, n) => writer.invoke(n, 'purchase', { buyer, sku: 'sku-1' }));
  writer.later(1_000);
  ops.forEach((op) => writer.complete(op, 'ok', { stock: 1 }));
  return writer;
}

export const selectStock = 'SELECT quantity FROM stock WHERE sku = $1';
export const updateStock = 'UPDATE stock SET quantity = $2 WHERE sku = $1';
export const insert = 'INSERT INTO purchases (sku, buyer) VALUES ($1, $2)';

/** Reads at `at`, writes 300 later, and commits 500 later. */
export function purchase(
  wire: WireWriter,
  session: number,
  buyer: string,
  at: number,
  { writesAt = at + 300, endsAt = at + 500 } = {},
): number {
  const sku = { parameters: ['sku-1'] };
  return wire.transaction(session, [
    [[at, at + 10], 'BEGIN'],
    [[at + 20, at + 30], selectStock, { ...sku, columns: ['quantity'], rows: [['1']], count: 1 }],
    [[writesAt, endsAt - 100], updateStock, { parameters: ['sku-1', '0'], count: 1 }],
    [[endsAt - 90, endsAt - 50], insert, { parameters: ['sku-1', buyer], count: 1 }],
    [[endsAt - 40, endsAt], 'COMMIT'],
  ]);
}
