import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/kata/run-record.js';
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

/** Of every case. */
function figures({ cases }: RunRecord, figure: string): number[] {
  return cases.map((one) => one.figures[figure] ?? 0);
}

describe.each(['node', 'go'])('kata 3 in %s', (language) => {
  const run = (strategy: string, fault: string, isolation: string, repeat: number) =>
    runJson(
      desk,
      ...['kata-3', '--strategy', strategy, '--fault', fault, '--isolation', isolation],
      ...['--lang', language, '--repeat', `${repeat}`],
    );

  it.each([
    ['crash', 25, 'crash-1 (25 from crash-1-payer to crash-1-payee)'],
    ['cut', 45, 'cut-1 (45 from cut-1-payer to cut-1-payee)'],
  ])(
    'loses the money in 20 of 20 runs without a transaction: %s',
    async (fault, vanished, transfer) => {
      const { record, exitCode } = await run('no-transaction', fault, 'read-committed', 20);
      expect(verdicts(record)).toEqual({ violated: 20 });
      expect(new Set(figures(record, 'vanished'))).toEqual(new Set([vanished]));
      for (const { findings } of record.cases) {
        const lost = findings.find((one) => one.invariant === 'total-is-conserved');
        expect(lost?.witness?.story.en).toContain(transfer);
      }
      expect(exitCode).toBe(0);
    },
    patience,
  );

  it.each(['read-committed', 'repeatable-read', 'serializable'])(
    'is caught half done in 20 of 20 runs without a transaction, undisturbed, at %s',
    async (isolation) => {
      const { record, exitCode } = await run('no-transaction', 'none', isolation, 20);
      expect(verdicts(record)).toEqual({ violated: 20 });
      expect(Math.min(...figures(record, 'unseen'))).toBeGreaterThan(0);
      expect(exitCode).toBe(0);
    },
    patience,
  );

  it.each([
    ['transaction', 'read-committed'],
    ['transaction', 'repeatable-read'],
    ['transaction', 'serializable'],
    ['ordered-locks', 'read-committed'],
    ['ordered-locks', 'repeatable-read'],
    ['ordered-locks', 'serializable'],
  ])(
    'holds in 50 of 50 runs with every fault: %s at %s',
    async (strategy, isolation) => {
      const { record } = await run(strategy, 'all', isolation, 50);
      expect(verdicts(record)).toEqual({ holds: 50 });
      const deadlocks = figures(record, 'deadlocks');
      // They come and are retried, though chance may spare a run; or they cannot come at all.
      const spared = deadlocks.filter((count) => count === 0).length;
      if (strategy === 'transaction') expect(spared).toBeLessThan(5);
      else expect(spared).toBe(50);
    },
    patience,
  );
});
