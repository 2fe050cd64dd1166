import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDesk, runJson, type Desk } from '../support/cli.js';
import { describeWith } from '../support/requires.js';
import { verdicts } from '../support/verdicts.js';

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
  expect((await desk.plan('services', 'up', 'rabbitmq')).exitCode).toBe(0);
}, 120_000);

afterAll(async () => {
  await desk.plan('services', 'down');
  await desk.remove();
}, 60_000);

const patience = 2_400_000;

for (const language of ['node', 'go'])
  describeWith('rabbitmq', `kata 8 in ${language}`, () => {
    it.each(['requeue-forever', 'drop'])(
      'is violated in 20 of 20 runs, as expected: %s',
      async (strategy) => {
        const words = ['kata-8', '--strategy', strategy, '--lang', language, '--repeat', '20'];
        const { record, exitCode } = await runJson(desk, ...words);
        expect(verdicts(record)).toEqual({ violated: 20 });
        expect(exitCode).toBe(0);
      },
      patience,
    );

    it.each(['dlx-header', 'quorum-delivery-limit'])(
      'holds in 50 of 50 runs, the broker killed in each: %s',
      async (strategy) => {
        const words = ['kata-8', '--strategy', strategy, '--lang', language, '--repeat', '50'];
        const { record } = await runJson(desk, ...words);
        expect(verdicts(record)).toEqual({ holds: 50 });
      },
      patience,
    );

    it(
      'holds in 20 of 20 runs with the broker stopped in order',
      async () => {
        const words = ['kata-8', '--strategy', 'dlx-header', '--lang', language];
        const { record } = await runJson(desk, ...words, '--restart', 'stop', '--repeat', '20');
        expect(verdicts(record)).toEqual({ holds: 20 });
      },
      patience,
    );
  });
