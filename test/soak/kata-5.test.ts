import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, runJson, type Desk } from '../support/cli.js';
import { verdicts } from '../support/verdicts.js';

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
  expect((await desk.plan('services', 'up')).exitCode).toBe(0);
}, 120_000);

afterAll(async () => {
  await desk.plan('services', 'down');
  await desk.remove();
}, 60_000);

const patience = 1_800_000;

describe.each(['node', 'go'])('kata 5 in %s', (language) => {
  it.each([
    ['none', 'one-charge-a-key'],
    ['check-then-insert', 'one-charge-a-key'],
    ['unique-key', 'same-answer'],
  ])(
    'breaks in 20 of 20 runs: %s, and for its own reason',
    async (strategy, invariant) => {
      const words = ['kata-5', '--strategy', strategy, '--lang', language, '--repeat', '20'];
      const { record, exitCode } = await runJson(desk, ...words);
      expect(verdicts(record)).toEqual({ violated: 20 });
      for (const { findings } of record.cases)
        expect(findings.find((one) => one.invariant === invariant)?.holds).toBe(false);
      expect(exitCode).toBe(0);
    },
    patience,
  );

  it(
    'holds in 50 of 50 runs: stored-response',
    async () => {
      const words = ['kata-5', '--strategy', 'stored-response', '--lang', language];
      const { record } = await runJson(desk, ...words, '--repeat', '50');
      expect(verdicts(record)).toEqual({ holds: 50 });
    },
    patience,
  );
});
