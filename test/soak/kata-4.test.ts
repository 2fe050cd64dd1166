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

const patience = 1_200_000;

describe.each(['node', 'go'])('kata 4 in %s', (language) => {
  it(
    'oversells in 20 of 20 naive runs at read committed',
    async () => {
      const words = ['kata-4', '--strategy', 'naive', '--lang', language, '--repeat', '20'];
      const { record, exitCode } = await runJson(desk, ...words);
      expect(verdicts(record)).toEqual({ violated: 20 });
      expect(Math.min(...record.cases.map((one) => one.figures['oversold'] ?? 0))).toBeGreaterThan(
        0,
      );
      expect(exitCode).toBe(0);
    },
    patience,
  );

  it.each([
    ['naive', 'repeatable-read'],
    ['naive', 'serializable'],
    ['pessimistic', 'read-committed'],
    ['optimistic', 'read-committed'],
    ['atomic', 'read-committed'],
    ['pessimistic', 'serializable'],
    ['optimistic', 'serializable'],
    ['atomic', 'repeatable-read'],
  ])(
    'holds in 50 of 50 runs: %s at %s',
    async (strategy, isolation) => {
      const words = ['kata-4', '--strategy', strategy, '--isolation', isolation];
      const { record } = await runJson(desk, ...words, '--lang', language, '--repeat', '50');
      expect(verdicts(record)).toEqual({ holds: 50 });
    },
    patience,
  );
});
