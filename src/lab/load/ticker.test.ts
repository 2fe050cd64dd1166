import { describe, expect, it } from 'vitest';
import { Ticker } from './ticker.js';

/** Until a moment has come: how often it looked, and went round the loop for nothing. */
async function waitFor(ms: number, isCoarse: boolean): Promise<{ looks: number; rounds: number }> {
  let [looks, rounds] = [0, 0];
  const due = performance.now() + ms;
  await new Promise<void>((resolve) => {
    const ticker = new Ticker(
      (now) => {
        looks += 1;
        if (now >= due) resolve();
        else ticker.arm(due, now);
      },
      () => (rounds += 1),
      isCoarse,
    );
    ticker.arm(due, performance.now());
  });
  return { looks, rounds };
}

describe('a ticker', () => {
  it('goes round the loop before its moment', async () => {
    const { looks, rounds } = await waitFor(2.5, false);
    expect(rounds).toBeGreaterThan(0);
    expect(looks).toBeGreaterThanOrEqual(rounds);
  });

  it('only sleeps where it is coarse', async () => {
    const { looks, rounds } = await waitFor(2.5, true);
    expect(rounds).toBe(0);
    // A timer may come a part of a millisecond too early, and then it sleeps once more.
    expect(looks).toBeLessThanOrEqual(3);
  });
});
