import { describe, expect, it } from 'vitest';
import { confirmed, judge, late, type Saga } from '../rules.histories.js';

describe('an order that nobody goes on with', () => {
  const waiting = { order: 'o-0', isGivenUp: false, waitedMs: 5_000, worstMs: 30 };

  it('is to be given up', () => {
    expect(judge([confirmed], { overdue: [{ ...waiting, isGivenUp: true }] }).broken).toEqual([]);
    expect(judge([confirmed], { overdue: [waiting] }).broken).toEqual(['given-up-in-time']);
  });

  it('tells nothing of a machine that was away', () => {
    const { broken, undecided } = judge([confirmed], { overdue: [{ ...waiting, worstMs: 2_500 }] });
    expect([broken, undecided]).toEqual([[], ['given-up-in-time']]);
  });
});

describe('an order that ran into its deadline with nothing in its way', () => {
  const undisturbed = without(late);

  it('is the saga’s fault where the machine was quick', () => {
    expect(judge([confirmed, confirmed, undisturbed]).broken).toEqual(['served-is-confirmed']);
  });

  it('is undecided where the machine was away, or all were slow', () => {
    const away = judge([confirmed, { ...undisturbed, slownessMs: 900 }]);
    expect(away.broken).toEqual([]);
    expect(away.undecided).toEqual(['served-is-confirmed']);
    const slow = { ...confirmed, tookMs: 800 };
    expect(judge([slow, slow, undisturbed]).undecided).toEqual(['served-is-confirmed']);
    // Every step of it was slow, and none of them for long.
    const evenly = { ...undisturbed, tookMs: 0, stepMs: 700 };
    expect(judge([confirmed, evenly]).undecided).toEqual(['served-is-confirmed']);
  });
});

/** The same with nothing in its way. */
function without({ ...saga }: Saga): Saga {
  delete (saga as { disturbed?: true }).disturbed;
  return saga;
}
