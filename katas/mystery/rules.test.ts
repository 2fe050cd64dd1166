import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything } from '../../test/support/everything.js';
import { orderAt } from './experiment/orders.js';
import { check } from './rules.js';
import { evidenceIn } from './rules/evidence.js';
import { openingOf } from './rules/opening.js';
import { shop } from './rules.histories.js';
import { causeOf, causes, type Cause } from './contract/seal.js';
import { ordersIn } from './story.js';

const shown = (...of: Parameters<typeof shop>): Cause[] => [
  ...evidenceIn(ordersIn(shop(...of))).keys(),
];

describe('the signs of a cause', () => {
  it('are none where nothing is hidden', () => {
    expect(shown(undefined)).toEqual([]);
  });

  it.each(causes)('of %s are those of no other', (cause) => {
    expect(shown(cause)).toEqual([cause]);
  });

  it.each(causes)('of %s are there and alone where each step is late by some time', (cause) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 150, maxLength: 150 }),
        (of) => {
          expect(shown(cause, (n) => of[n] ?? 0)).toEqual([cause]);
        },
      ),
      { numRuns: everything ? 20 : 8 },
    );
  });

  it('are none of a machine that was busy for a third of the run', () => {
    expect(shown(undefined, (n) => (n % 90 < 30 ? 900 : 0))).toEqual([]);
    for (const cause of ['n-plus-one', 'multiplied-retries', 'dropping-worker'] as const)
      expect(shown(cause, (n) => (n % 90 < 30 ? 900 : 0))).toEqual([cause]);
  });
});

describe('the way to the evidence', () => {
  it.each(causes)('of %s names orders that are there, in both languages', (cause) => {
    const orders = ordersIn(shop(cause));
    const { looks = [], story } = evidenceIn(orders).get(cause) ?? {};
    expect(story?.es).not.toBe(story?.en);
    expect(looks.length).toBeGreaterThan(1);
    for (const { at, find } of looks)
      if (at !== 'metrics') expect(orders.map(({ order }) => order)).toContain(find);
  });

  it('shows two of a lock that went on at one moment', () => {
    const orders = ordersIn(shop('lock'));
    const [first, second] = evidenceIn(orders).get('lock')?.looks ?? [];
    const endOf = (id = ''): number => {
      const of = orders.find(({ order }) => order === id)?.statements ?? [];
      return of.find(({ name }) => name === 'INSERT orders')?.endUs ?? 0;
    };
    expect(first?.find).not.toBe(second?.find);
    expect(Math.abs(endOf(first?.find) - endOf(second?.find))).toBeLessThan(60_000);
  });
});

describe('what the learner is told first', () => {
  it('is the same whatever is hidden, but for the orders and figures', () => {
    const told = causes.map((cause) => openingOf(shop(cause)).complaint.en);
    expect(new Set(told).size).toBe(1);
  });

  it('names orders that were dropped, where some were', () => {
    const { about } = openingOf(shop('dropping-worker', (n) => (n % 90 < 30 ? 900 : 0)));
    for (const id of about) expect(orderAt(Number(id.slice(-5))).quantity).toBeGreaterThan(24);
  });
});

describe('the seal', () => {
  it('hides each cause behind many numbers, and the same one always', () => {
    const counts = new Map<string, number>();
    for (let number = 1; number <= 900; number += 1)
      counts.set(causeOf(number), (counts.get(causeOf(number)) ?? 0) + 1);
    expect([...counts.keys()].toSorted()).toEqual(causes.toSorted());
    for (const count of counts.values()) expect(count).toBeGreaterThan(50);
  });

  it('is not opened by what a run says of itself', () => {
    for (const cause of causes) {
      const number =
        Array.from({ length: 500 }, (_, n) => n + 1).find((n) => causeOf(n) === cause) ?? 0;
      const result = check(shop(cause), { number });
      expect(result.coverage.every(({ met }) => met)).toBe(true);
      for (const name of causes) expect(JSON.stringify(result)).not.toContain(name);
      // Where another one shows, the run is not fit to be looked at.
      expect(check(shop(cause), { number: number + 1 }).coverage.every(({ met }) => met)).toBe(
        causeOf(number + 1) === cause,
      );
    }
  });
});
