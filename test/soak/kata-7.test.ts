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
  describeWith('rabbitmq', `kata 7 in ${language}`, () => {
    it.each([
      ['immediate', 'delay-queues', 'outage-survived'],
      ['exponential', 'in-process', 'others-move-on'],
      ['exponential', 'one-delay-queue', 'waits-as-told'],
      ['exponential-full-jitter', 'one-delay-queue', 'waits-as-told'],
    ])(
      'is violated in 20 of 20 runs: %s, %s',
      async (strategy, wait, invariant) => {
        const words = ['kata-7', '--strategy', strategy, '--wait', wait, '--lang', language];
        const { record, exitCode } = await runJson(desk, ...words, '--repeat', '20');
        expect(verdicts(record)).toEqual({ violated: 20 });
        for (const { findings } of record.cases)
          expect(findings.find((one) => one.invariant === invariant)?.holds).toBe(false);
        expect(exitCode).toBe(0);
      },
      patience,
    );

    it.each(['fixed', 'exponential', 'exponential-full-jitter'])(
      'holds in 50 of 50 runs: %s',
      async (strategy) => {
        const words = ['kata-7', '--strategy', strategy, '--lang', language, '--repeat', '50'];
        const { record } = await runJson(desk, ...words);
        expect(verdicts(record)).toEqual({ holds: 50 });
      },
      patience,
    );
  });
