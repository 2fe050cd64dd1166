import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDesk, runJson, type Desk } from '../support/cli.js';
import { describeWith } from '../support/requires.js';
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

const patience = 2_400_000;

for (const language of ['node', 'go'])
  describeWith('rabbitmq', `kata 6 in ${language}`, () => {
    it.each([
      ['naive', 'mark', 'doubled'],
      ['dedup-separate', 'mark', 'lost'],
      ['dedup-separate', 'effect', 'doubled'],
    ])(
      'is violated in 20 of 20 runs: %s, %s first',
      async (strategy, first, figure) => {
        const words = ['kata-6', '--strategy', strategy, '--first', first, '--lang', language];
        const { record, exitCode } = await runJson(desk, ...words, '--repeat', '20');
        expect(verdicts(record)).toEqual({ violated: 20 });
        const fewest = Math.min(...record.cases.map(({ figures }) => figures[figure] ?? 0));
        expect(fewest).toBeGreaterThan(0);
        expect(exitCode).toBe(0);
      },
      patience,
    );

    it.each(['dedup-table', 'natural-key'])(
      'holds in 50 of 50 runs: %s',
      async (strategy) => {
        const words = ['kata-6', '--strategy', strategy, '--lang', language, '--repeat', '50'];
        const { record } = await runJson(desk, ...words);
        expect(verdicts(record)).toEqual({ holds: 50 });
      },
      patience,
    );
  });
