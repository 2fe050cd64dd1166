import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../../test/support/history.js';
import { check } from '../rules.js';

/** Of the rush, which nobody comes to here. */
const initial = 3;

describe('the checker of kata 4, of several skus and amounts', () => {
  it('judges each sku by its own units: one that was sold by three', () => {
    const spoilt = (spoil: (sale: Sale) => void) => {
      const sale: Sale = { told: [true, true, true, false], stock: 1, before: [] };
      spoil(sale);
      return brokenIn(sale);
    };
    expect(spoilt(() => undefined)).toEqual([]);
    expect(
      spoilt((sale) => {
        sale.told[3] = true;
        sale.stock = -2;
      }),
    ).toEqual(['no-overselling', 'stock-equals-initial-minus-rows']);
    expect(
      spoilt((sale) => {
        sale.told[2] = false;
        sale.stock = 4;
      }),
    ).toEqual(['no-underselling']);
    expect(
      spoilt((sale) => {
        sale.stock = 4;
      }),
    ).toEqual(['stock-equals-initial-minus-rows']);
  });

  it('compares the stock that was told with what was counted before', () => {
    const sale: Sale = { told: [true, true, true, false], stock: 1, before: [10, 7, 4, 1] };
    expect(brokenIn(sale)).toEqual([]);
    expect(brokenIn({ ...sale, before: [13, 7, 4, 1] })).toEqual(['tells-the-stock']);
    expect(brokenIn({ ...sale, before: [10, 7, 4, 2] })).toEqual(['tells-the-stock']);
    expect(brokenIn({ ...sale, before: [10, 7, 4, 3] })).toEqual([
      'no-underselling',
      'tells-the-stock',
    ]);
    // Whoever was never answered may have taken theirs in between.
    expect(brokenIn({ ...sale, before: [10, 7, 4, 3] }, 0)).toEqual([]);
  });

  it('asks for a delivery while purchases are under way', () => {
    for (const meanwhile of [true, false]) {
      const writer = new HistoryWriter();
      writer.note('shelf', { sku: 'sku-plenty', units: 2 });
      const op = writer.invoke(0, 'purchase', { buyer: 'w', sku: 'sku-plenty', quantity: 1 });
      if (meanwhile) writer.note('restock', { sku: 'sku-plenty', units: 1 });
      writer.complete(op, 'ok', { id: '1', stock: 2, retries: 0 });
      if (!meanwhile) writer.note('restock', { sku: 'sku-plenty', units: 1 });
      writer.note('final', { stock: [], purchases: [] });
      const { coverage } = check(writer.history(), { stock: 0, buyers: 0 });
      expect(coverage.find(({ condition }) => condition === 'restocked-meanwhile')?.met).toBe(
        meanwhile,
      );
    }
  });
});

/** Ten units of one sku, and buyers of three each, one after the other. */
interface Sale {
  told: boolean[];
  stock: number;
  /** What the lab counted before each; empty: nobody counted. */
  before: number[];
}

function brokenIn({ told, stock, before }: Sale, unanswered?: number): string[] {
  const writer = new HistoryWriter();
  const sku = 'sku-2';
  writer.note('shelf', { sku, units: 10 });
  told.forEach((isSold, n) => {
    const count = before[n];
    if (count !== undefined) writer.note('counted', { buyer: `c-${n}`, before: count });
    const op = writer.invoke(0, 'purchase', { buyer: `c-${n}`, sku, quantity: 3 });
    const answer = { stock: [10, 7, 4, 1][n], retries: 0 };
    if (n === unanswered) writer.unknown(op, { kind: 'timeout', detail: 'no answer' });
    else if (isSold) writer.complete(op, 'ok', { id: `id-${n}`, ...answer });
    else writer.complete(op, 'fail', { reason: 'sold-out', ...answer });
  });
  const rows = told.flatMap((isSold, n) =>
    isSold ? [{ id: `id-${n}`, buyer: `c-${n}`, sku, quantity: 3 }] : [],
  );
  const shelves = [
    { sku: 'sku-1', quantity: initial },
    { sku, quantity: stock },
  ];
  writer.note('final', { stock: shelves, purchases: rows });
  return check(writer.history(), { stock: initial, buyers: 0 })
    .findings.filter((one) => !one.holds)
    .map(({ invariant }) => invariant);
}
