import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, runJson, type Desk } from '../support/cli.js';
import { verdicts } from '../support/verdicts.js';

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
});

afterAll(() => desk.remove());

describe.each(['node', 'go', 'rust', 'java'])('kata 2 in %s', (language) => {
  it('loses money in 20 of 20 runs without a lock', async () => {
    const words = ['kata-2', '--strategy', 'none', '--lang', language, '--repeat', '20'];
    const { record, exitCode } = await runJson(desk, ...words);
    expect(verdicts(record)).toEqual({ violated: 20 });
    expect(Math.min(...record.cases.map((one) => one.figures['lost'] ?? 0))).toBeGreaterThan(0);
    // Each by nothing-lost, and with no failure of another kind.
    expect(record.cases.filter((one) => !one.asExpected)).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it.each(['lock', 'queue', 'atomic'])('holds in 50 of 50 runs: %s', async (strategy) => {
    const words = ['kata-2', '--strategy', strategy, '--lang', language, '--repeat', '50'];
    const { record } = await runJson(desk, ...words);
    expect(verdicts(record)).toEqual({ holds: 50 });
    expect(record.cases.map((one) => one.figures['lost'])).toEqual(Array(50).fill(0));
  });
});
