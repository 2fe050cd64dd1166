import { describe, expect, it } from 'vitest';
import { processed } from '../contract.js';
import type { CameAgain, Overtaken, Scraped } from '../notes.js';
import { judge } from '../rules.histories.js';

/** What payments says it has done with AuthorizePayment, before and after one of three came again. */
const counted = (before: number, after: number, again: Partial<CameAgain> = {}) =>
  judge((run) => {
    for (const [when, value] of [['in-hand', before] as const, ['again', after] as const]) {
      const labels = { message: 'AuthorizePayment', outcome: 'ok' };
      const samples = [{ name: processed, labels, value }];
      run.noted.push({
        f: 'scraped',
        value: { role: 'payments', when, samples } satisfies Scraped,
      });
    }
    const note: CameAgain = { role: 'payments', met: true, done: 3, ...again };
    run.noted.push({ f: 'came-again', value: note });
  });

describe('a message that came again', () => {
  it('counts as done, where nothing of it was done before', () => {
    expect(counted(4, 7).broken).toEqual([]);
    const { broken, story } = counted(4, 6);
    expect(broken).toEqual(['metrics-tell']);
    expect(story('metrics-tell')).toMatch(
      /^payments took 3 × AuthorizePayment as the broker was gone/,
    );
  });

  it('says nothing where it was not so', () => {
    expect(counted(4, 6, { met: false }).broken).toEqual([]);
  });
});

describe('a step that comes once its compensation was heard', () => {
  const overtaken = (note: Omit<Overtaken, 'name' | 'met'>) =>
    judge((run) => {
      const value: Overtaken = { name: 'ReserveStock', met: true, ...note };
      run.noted.push({ f: 'overtaken', value });
    });

  it.each([
    ['remembered', 'its row says so'],
    ['again', 'again and again'],
  ] as const)('is not done any more, nor told of: %s', (heard, how) => {
    const { broken, story } = overtaken({ address: 'a-0', heard });
    expect(broken).toEqual(['stays-undone']);
    expect(story('stays-undone')).toContain('and then told StockReserved');
    expect(story('stays-undone')).toContain(how);
  });

  it('may be done where nobody knows whether it was heard', () => {
    expect(overtaken({ address: 'a-0' }).broken).toEqual([]);
  });

  it('blames nobody who told of nothing', () => {
    // Of what was declined, inventory never told.
    expect(overtaken({ address: 'a-2', heard: 'again' }).broken).toEqual([]);
  });
});
