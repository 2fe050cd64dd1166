import { expect, it } from 'vitest';
import type { RunRecord } from '../../kata/run-record.js';
import { untilDecided, type Outcome } from './one-run.js';

const cameTo = (verdict: string, asExpected = false): Outcome => ({
  record: { cases: [{ verdict, asExpected }] } as unknown as RunRecord,
  run: '/run',
});

const running = (...outcomes: Outcome[]): (() => Promise<Outcome>) => {
  const left = [...outcomes];
  return () => Promise.resolve(left.shift() as Outcome);
};

it('makes a run again that told nothing, and says how many there were', async () => {
  const violated = cameTo('violated', true);
  const run = running(cameTo('inconclusive'), violated);
  expect(await untilDecided(run)).toEqual({ outcome: violated, attempts: 2 });
});

it('takes the first that decides, also where it is not what was wanted', async () => {
  const holds = cameTo('holds');
  expect(await untilDecided(running(holds, cameTo('violated', true)))).toEqual({
    outcome: holds,
    attempts: 1,
  });
});

it('gives up at the third, the ones before included', async () => {
  const told = Array.from({ length: 4 }, () => cameTo('inconclusive'));
  expect((await untilDecided(running(...told))).attempts).toBe(3);
  expect((await untilDecided(running(...told), 1)).attempts).toBe(3);
});

it('does not run again what is expected to tell nothing', async () => {
  expect((await untilDecided(running(cameTo('inconclusive', true)))).attempts).toBe(1);
});
