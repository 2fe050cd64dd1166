import { describe, expect, it } from 'vitest';
import { isWell, table } from './soak-table.mjs';

const all = (of) => ({ well: of, undecided: 0, of });
const row = (changed) => ({
  ...{ id: 'kata-4', quiet: all(50), beside: all(20), wrong: all(10), twins: all(30) },
  ...{ margins: new Map([['waits-as-told', 0.4]]), ...changed },
});

describe('what a soak comes to', () => {
  it('is well where everything went as told', () => {
    expect(isWell(row({}))).toBe(true);
    for (const part of ['quiet', 'wrong', 'twins'])
      expect(isWell(row({ [part]: { well: 9, undecided: 1, of: 10 } }))).toBe(false);
  });

  it('lets a fifth be undecided beside others at work, and nobody be blamed', () => {
    expect(isWell(row({ beside: { well: 16, undecided: 4, of: 20 } }))).toBe(true);
    expect(isWell(row({ beside: { well: 15, undecided: 5, of: 20 } }))).toBe(false);
    expect(isWell(row({ beside: { well: 19, undecided: 0, of: 20 } }))).toBe(false);
  });

  it('is a table', () => {
    const told = table([row({ beside: { well: 18, undecided: 2, of: 20 }, twins: all(0) })]);
    expect(told).toContain('kata-4  50 of 50  18 of 20, 2 undecided  10 of 10');
    expect(told).toContain('waits-as-told 0.4');
  });
});
