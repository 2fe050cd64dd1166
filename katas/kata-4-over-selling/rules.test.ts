import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../test/support/history.js';
import type { Shop } from './notes.js';
import { check } from './rules.js';

const initial = 3;
const restocked = 2;

/** What became of one buyer of the burst. */
interface Fate {
  told: 'ok' | 'sold-out' | 'gave-up' | 'timeout';
  /** Rows of the buyer at the end. */
  stored: number;
}

/** A story of a burst as a right shop would have it; each test breaks one thing of it. */
interface Tale {
  fates: Fate[];
  late: Fate[];
  shop: Shop;
  /** What the lab counted before late buyers. */
  counted?: Record<string, number>;
  /** Late buyers whose row was not there yet when they were told. */
  notYet?: string[];
  /** Stock that each acknowledged buyer was told, by position in the burst. */
  read: (position: number) => number;
}

const sold: Fate = { told: 'ok', stored: 1 };
const refused: Fate = { told: 'sold-out', stored: 0 };

function rightTale(fates: Fate[] = [sold, sold, sold, refused, refused]): Tale {
  const late = [sold, sold, refused];
  const rows = [
    ...fates.flatMap((fate, n) => rowsFor(`b-${n + 1}`, fate)),
    ...late.flatMap((fate, n) => rowsFor(`late-${n + 1}`, fate)),
  ];
  return {
    fates,
    late,
    shop: {
      stock: [{ sku: 'sku-1', quantity: initial + restocked - rows.length }],
      purchases: rows,
    },
    read: (position) => initial - position,
  };
}

function rowsFor(buyer: string, { stored }: Fate): Shop['purchases'] {
  return Array.from({ length: stored }, (_, n) => ({
    id: n === 0 ? `id-${buyer}` : `id-${buyer}-${n}`,
    buyer,
    sku: 'sku-1',
    quantity: 1,
  }));
}

function judge(tale: Tale, firstLine = 1) {
  const writer = new HistoryWriter();
  tell(writer, tale.fates, 'b', tale.read);
  writer.note('restock', { units: restocked });
  for (const [buyer, before] of Object.entries(tale.counted ?? {}))
    writer.note('counted', { buyer, before });
  tell(writer, tale.late, 'late', (position) => restocked - position);
  tale.late.forEach((_, n) => {
    const buyer = `late-${n + 1}`;
    const there = tale.notYet?.includes(buyer) ? [] : tale.shop.purchases;
    writer.note('looked-up', { buyer, ids: there.map(({ id }) => id) });
  });
  writer.note('final', tale.shop);
  return check(writer.history(firstLine), { stock: initial, buyers: tale.fates.length });
}

function tell(
  writer: HistoryWriter,
  fates: Fate[],
  prefix: string,
  read: (position: number) => number,
): void {
  const buyers = fates.map((_, n) => `${prefix}-${n + 1}`);
  const ops = buyers.map((buyer, n) =>
    writer.invoke(n, 'purchase', { buyer, sku: 'sku-1', quantity: 1 }),
  );
  let position = 0;
  fates.forEach(({ told }, n) => {
    const op = ops[n] as number;
    if (told === 'timeout') writer.unknown(op, { kind: 'timeout', detail: 'no answer' });
    else if (told !== 'ok') writer.complete(op, 'fail', { reason: told, retries: 1 });
    else {
      writer.complete(op, 'ok', { id: `id-${buyers[n] ?? ''}`, stock: read(position), retries: 2 });
      position += 1;
    }
  });
}

function broken(tale: Tale): string[] {
  return judge(tale)
    .findings.filter((one) => !one.holds)
    .map((one) => one.invariant);
}

function storyOf(tale: Tale, invariant: string) {
  return judge(tale).findings.find((one) => one.invariant === invariant)?.witness;
}

describe('the checker of kata 4', () => {
  it('finds nothing wrong with a right shop', () => {
    const result = judge(rightTale());
    expect(result.findings.filter((one) => !one.holds)).toEqual([]);
    expect(result.findings).toHaveLength(9);
    expect(result.coverage.every((condition) => condition.met)).toBe(true);
    expect(result.figures).toEqual({ sold: 3, oversold: 0, retries: 13, gaveUp: 0 });
  });

  it('names two purchases that read the same stock, with their lines', () => {
    const tale = rightTale([sold, sold, sold, sold, refused]);
    tale.read = (position) => [3, 2, 1, 1][position] ?? 0;
    tale.shop.stock = [{ sku: 'sku-1', quantity: 1 }];
    expect(broken(tale)).toEqual(['no-overselling', 'stock-equals-initial-minus-rows']);
    // Five invocations on lines 1 to 5; the third and fourth answers on lines 8 and 9.
    expect(storyOf(tale, 'no-overselling')).toMatchObject({ lines: [8, 9] });
    expect(storyOf(tale, 'no-overselling')?.story.en).toContain('b-3 and b-4 both read stock = 1');
    expect(judge(tale).figures['oversold']).toBe(1);
  });

  it('names, of many who read the same, those who were told closest to each other', () => {
    const tale = rightTale([sold, refused, refused, sold, sold, sold]);
    tale.read = (position) => (position < 3 ? 1 : 3);
    // Six invocations; those who read 1 are answered on lines 7, 10 and 11.
    expect(storyOf(tale, 'no-overselling')).toMatchObject({ lines: [10, 11] });
  });

  it('counts lines from where the case begins in the file', () => {
    const tale = rightTale([sold, sold, sold, sold, refused]);
    tale.read = () => 1;
    const witness = judge(tale, 101).findings[0]?.witness;
    expect(witness?.lines).toEqual([106, 107]);
  });

  it('finds over-selling also where every buyer read a stock of its own', () => {
    const tale = rightTale([sold, sold, sold, sold, refused]);
    tale.shop.stock = [{ sku: 'sku-1', quantity: -1 }];
    expect(storyOf(tale, 'no-overselling')?.story.en).toContain('b-4, who read stock = 0');
  });

  it('finds over-selling of the restocked units', () => {
    const tale = rightTale();
    tale.late = [sold, sold, sold];
    tale.shop.purchases.push(...rowsFor('late-3', sold));
    tale.shop.stock = [{ sku: 'sku-1', quantity: -1 }];
    expect(broken(tale)).toContain('no-overselling');
  });

  it.each<[string, (tale: Tale) => void, string[]]>([
    [
      'an acknowledged purchase without a row',
      (tale) => {
        tale.shop.purchases = tale.shop.purchases.filter((row) => row.buyer !== 'b-2');
        tale.shop.stock = [{ sku: 'sku-1', quantity: 1 }];
      },
      ['acknowledged-equals-rows'],
    ],
    [
      'an acknowledged purchase whose id is of another row',
      (tale) => {
        const [one, two] = tale.shop.purchases;
        if (one && two) [one.id, two.id] = [two.id, one.id];
      },
      ['acknowledged-equals-rows'],
    ],
    [
      'a row of a buyer who was refused',
      (tale) => {
        tale.shop.purchases.push(...rowsFor('b-4', sold));
        tale.shop.stock = [{ sku: 'sku-1', quantity: -1 }];
      },
      ['acknowledged-equals-rows', 'stock-equals-initial-minus-rows'],
    ],
    [
      'a row of a stranger',
      (tale) => {
        tale.shop.purchases.push(...rowsFor('stranger', sold));
        tale.shop.stock = [{ sku: 'sku-1', quantity: -1 }];
      },
      ['acknowledged-equals-rows', 'stock-equals-initial-minus-rows'],
    ],
    [
      'a row of another quantity',
      (tale) => {
        const [row] = tale.shop.purchases;
        if (row) row.quantity = 2;
        tale.shop.stock = [{ sku: 'sku-1', quantity: -1 }];
      },
      ['acknowledged-equals-rows', 'stock-equals-initial-minus-rows'],
    ],
    [
      'a stock that nobody took from',
      (tale) => {
        tale.shop.stock = [{ sku: 'sku-1', quantity: 5 }];
      },
      ['stock-equals-initial-minus-rows'],
    ],
    [
      'a stock row that is gone',
      (tale) => {
        tale.shop.stock = [];
      },
      ['stock-equals-initial-minus-rows'],
    ],
    [
      'a buyer with two rows',
      (tale) => {
        tale.shop.purchases.push({ id: 'again', buyer: 'b-1', sku: 'sku-1', quantity: 1 });
        tale.shop.stock = [{ sku: 'sku-1', quantity: -1 }];
      },
      ['stock-equals-initial-minus-rows', 'one-row-a-buyer'],
    ],
    [
      'late buyers refused although the warehouse restocked',
      (tale) => {
        tale.late = [refused, refused, refused];
        tale.shop.purchases = tale.shop.purchases.filter((row) => row.buyer.startsWith('b-'));
        tale.shop.stock = [{ sku: 'sku-1', quantity: restocked }];
      },
      ['reads-the-database'],
    ],
    [
      'a row that came only after the buyer was told',
      (tale) => {
        tale.notYet = ['late-2'];
      },
      ['stored-when-acknowledged'],
    ],
    [
      'a row that never came for its own reason alone',
      (tale) => {
        tale.shop.purchases = tale.shop.purchases.filter((row) => row.buyer !== 'late-1');
        tale.shop.stock = [{ sku: 'sku-1', quantity: 1 }];
      },
      ['acknowledged-equals-rows'],
    ],
  ])('catches %s', (_, spoil, expected) => {
    const tale = rightTale();
    spoil(tale);
    expect(broken(tale)).toEqual(expected);
  });

  it.each(['sold-out', 'gave-up'] as const)('catches under-selling by %s', (told) => {
    const turnedAway: Fate = { told, stored: 0 };
    const tale = rightTale([sold, sold, turnedAway, turnedAway, turnedAway]);
    expect(broken(tale)).toContain('no-underselling');
    expect(storyOf(tale, 'no-underselling')?.story.en).toContain('1 of 3 units was left');
  });

  it('lets an unknown outcome have a row or none', () => {
    for (const stored of [0, 1]) {
      const timeout: Fate = { told: 'timeout', stored };
      const others = stored === 1 ? [sold, sold] : [sold, sold, sold];
      expect(broken(rightTale([timeout, ...others, refused, refused]))).toEqual([]);
    }
  });

  it('does not blame a refusal while an unknown purchase may have held the unit', () => {
    const timeout: Fate = { told: 'timeout', stored: 0 };
    expect(broken(rightTale([timeout, sold, sold, refused, refused]))).toEqual([]);
  });

  it('says that nothing overlapped, and that nobody fought over a unit', () => {
    const tale = rightTale([sold]);
    const unmet = judge(tale).coverage.filter((condition) => !condition.met);
    expect(unmet.map(({ condition }) => condition)).toEqual([
      'requests-overlapped',
      'more-buyers-than-units',
    ]);
  });

  it('passes every right shop, whatever the order and whoever timed out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('answer', 'timeout-before', 'timeout-after'), {
          minLength: 1,
          maxLength: 30,
        }),
        (kinds) => {
          let left = initial;
          const fates = kinds.map((kind): Fate => {
            const takes = left > 0 && kind !== 'timeout-before';
            if (takes) left -= 1;
            if (kind !== 'answer') return { told: 'timeout', stored: takes ? 1 : 0 };
            return takes ? sold : refused;
          });
          // What the burst left is still there for the late ones, so they are all served.
          const tale = rightTale(fates);
          tale.late = [sold, sold, left > 0 ? sold : refused];
          if (left > 0) tale.shop.purchases.push(...rowsFor('late-3', sold));
          const taken = tale.shop.purchases.length;
          tale.shop.stock = [{ sku: 'sku-1', quantity: initial + restocked - taken }];
          expect(broken(tale)).toEqual([]);
        },
      ),
    );
  });

  it('never passes a shop that acknowledged more than it had', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: initial + 1, max: 40 }),
        fc.nat(10),
        fc.array(fc.integer({ min: -5, max: initial }), { minLength: 40, maxLength: 40 }),
        (buyers, turnedAway, readings) => {
          const fates = [
            ...Array.from({ length: buyers }, () => sold),
            ...Array.from({ length: turnedAway }, () => refused),
          ];
          const tale = rightTale(fates);
          tale.read = (position) => readings[position] ?? 0;
          expect(broken(tale)).toContain('no-overselling');
          expect(judge(tale).figures['oversold']).toBe(buyers - initial);
        },
      ),
    );
  });

  it('blames whoever remembers a refusal that a delivery has overtaken', () => {
    const tale = rightTale();
    tale.counted = { 'late-1': 2, 'late-2': 1, 'late-3': 0 };
    expect(broken(tale)).toEqual([]);
    tale.counted = { 'late-1': 2, 'late-2': 1, 'late-3': 1 };
    expect(broken(tale)).toEqual(['reads-the-database']);
    expect(storyOf(tale, 'reads-the-database')?.story.en).toContain('late-3');
  });
});
