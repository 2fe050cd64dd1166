import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../../test/support/history.js';
import type { Halfway, Row, Seen } from '../notes.js';
import { check } from '../rules.js';

const sku = 'sku-2';
const retries = 50;

describe('the checker of kata 4, of buyers who come again', () => {
  const right = { ids: ['1', '2'], rows: ['1', '2'] };

  it('gives each purchase of one buyer a row of its own', () => {
    expect(twice(right)).toEqual([]);
    expect(twice({ ids: ['1', '1'], rows: ['1'] })).toEqual(['acknowledged-equals-rows']);
    expect(twice({ ids: ['1', '2'], rows: ['1'] })).toEqual(['acknowledged-equals-rows']);
    expect(twice({ ids: ['1', '2'], rows: ['1', '2', '3'] })).toEqual(['one-row-a-buyer']);
  });

  it('lets one who was refused, and asked again, have a row', () => {
    expect(twice({ ids: [undefined, '2'], rows: ['2'] })).toEqual([]);
    expect(twice({ ids: [undefined, undefined], rows: ['2'] })).toContain(
      'acknowledged-equals-rows',
    );
  });

  it('asks whoever gives up for all retries', () => {
    const gaveUp = (lost: number) => {
      const writer = new HistoryWriter();
      const op = writer.invoke(0, 'purchase', { buyer: 'b', sku: 'sku-1', quantity: 1 });
      writer.complete(op, 'fail', { reason: 'gave-up', retries: lost });
      writer.note('final', { stock: [{ sku: 'sku-1', quantity: 0 }], purchases: [] });
      return brokenIn(writer, 0);
    };
    expect(gaveUp(retries)).toEqual([]);
    expect(gaveUp(retries - 1)).toEqual(['gives-up-last']);
  });
});

describe('the checker of kata 4, of both tables at one moment', () => {
  it('wants them to agree, whatever was there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -4, max: 4 }), (sold, off) => {
        const broken = lookedAt({ stock: 4 - sold + off, units: sold });
        expect(broken).toEqual(off === 0 ? [] : ['stock-equals-initial-minus-rows']);
      }),
    );
  });

  it('is inconclusive where nobody could look', () => {
    for (const note of [{ met: false }, { met: true }]) {
      const { coverage } = judge(halfway(note), 0);
      const seen = coverage.find(({ condition }) => condition === 'seen-between-the-writes');
      expect(seen?.met).toBe(false);
    }
    expect(judge(halfway({ met: true, seen: { stock: 4, units: 0 } }), 0).coverage).toContainEqual(
      expect.objectContaining({ condition: 'seen-between-the-writes', met: true }),
    );
  });
});

/** One buyer asks twice; undefined: refused. There were as many units as are in rows. */
function twice({ ids, rows }: { ids: (string | undefined)[]; rows: string[] }): string[] {
  const writer = new HistoryWriter();
  writer.note('shelf', { sku, units: rows.length });
  for (const id of ids) {
    const op = writer.invoke(0, 'purchase', { buyer: 'b', sku, quantity: 1 });
    if (id === undefined) writer.complete(op, 'fail', { reason: 'sold-out', stock: 0, retries: 0 });
    else writer.complete(op, 'ok', { id, stock: 1, retries: 0 });
  }
  const purchases = rows.map((id): Row => ({ id, buyer: 'b', sku, quantity: 1 }));
  writer.note('final', {
    stock: [
      { sku: 'sku-1', quantity: 0 },
      { sku, quantity: 0 },
    ],
    purchases,
  });
  return brokenIn(writer, 0).filter((rule) => rule !== 'no-overselling');
}

function halfway(note: { met: boolean; seen?: Seen }): HistoryWriter {
  const writer = new HistoryWriter();
  writer.note('shelf', { sku, units: 4 });
  const op = writer.invoke(0, 'purchase', { buyer: 'h', sku, quantity: 1 });
  writer.complete(op, 'ok', { id: '1', stock: 4, retries: 0 });
  writer.note('halfway', { buyer: 'h', at: 'stock', ...note } satisfies Halfway);
  writer.note('final', {
    stock: [
      { sku: 'sku-1', quantity: 0 },
      { sku, quantity: 3 },
    ],
    purchases: [{ id: '1', buyer: 'h', sku, quantity: 1 }],
  });
  return writer;
}

function lookedAt(seen: Seen): string[] {
  return brokenIn(halfway({ met: true, seen }), 0);
}

function judge(writer: HistoryWriter, stock: number) {
  return check(writer.history(), { stock, buyers: 0, retries });
}

function brokenIn(writer: HistoryWriter, stock: number): string[] {
  return judge(writer, stock)
    .findings.filter((one) => !one.holds)
    .map(({ invariant }) => invariant);
}
