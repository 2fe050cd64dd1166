import { describe, expect, it } from 'vitest';
import type { Overtaken } from '../notes.js';
import { judge } from '../rules.histories.js';

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
