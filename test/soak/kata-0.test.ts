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

const patience = 1_200_000;

/** What each run saw from outside, as one line a case. */
function sideEffects({ cases }: RunRecord): Set<string> {
  return new Set(
    cases.map(({ figures: { rows, calls, repeatedCalls } }) =>
      [rows, calls, repeatedCalls].join(' '),
    ),
  );
}

describe.each(['node', 'go'])('kata 0 in %s', (language) => {
  it(
    'forgets in 20 of 20 runs from memory, and says who acknowledged and who does not know',
    async () => {
      const words = ['kata-0', '--strategy', 'memory', '--lang', language, '--repeat', '20'];
      const { record, exitCode } = await runJson(desk, ...words);
      expect(verdicts(record)).toEqual({ violated: 20 });
      expect(sideEffects(record)).toEqual(new Set(['0 62 1']));
      for (const { findings } of record.cases) {
        const lost = findings.filter((one) => !one.holds);
        expect(lost.map((one) => one.invariant)).toEqual([
          'readable-from-every-replica',
          'survives-the-restart',
        ]);
        expect(lost[0]?.witness?.story.en).toMatch(
          /order o-\S+ was acknowledged by replica (A .* replica B|B .* replica A) answers 404/,
        );
      }
      expect(exitCode).toBe(0);
    },
    patience,
  );

  it.each(['stop', 'kill'])(
    'holds in 50 of 50 runs from the database, replicas ended by %s',
    async (restart) => {
      const words = ['kata-0', '--strategy', 'database', '--restart', restart];
      const { record } = await runJson(desk, ...words, '--lang', language, '--repeat', '50');
      expect(verdicts(record)).toEqual({ holds: 50 });
      expect(sideEffects(record)).toEqual(new Set(['61 62 1']));
    },
    patience,
  );
});
