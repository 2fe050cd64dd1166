import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDesk, runJson, type Desk } from '../support/cli.js';
import { describeWith, needs } from '../support/requires.js';
import { verdicts } from '../support/verdicts.js';

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
  for (const service of ['rabbitmq', 'redis'] as const)
    if (needs(service, 'kata 7'))
      expect((await desk.plan('services', 'up', service)).exitCode).toBe(0);
}, 120_000);

afterAll(async () => {
  await desk.plan('services', 'down');
  await desk.remove();
}, 60_000);

const patience = 2_400_000;

const brokers = [
  ['rabbitmq', 'rabbitmq'],
  ['redis-streams', 'redis'],
] as const;

for (const [language, [broker, service]] of ['node', 'go'].flatMap((name) =>
  brokers.map((one) => [name, one] as const),
))
  describeWith(service, `kata 7 in ${language} on ${broker}`, () => {
    const words = ['kata-7', '--broker', broker, '--lang', language];

    it.each([
      ['immediate', 'delay-queues', 'outage-survived'],
      ['exponential', 'in-process', 'others-move-on'],
      ['exponential', 'one-delay-queue', 'waits-as-told'],
      ['exponential-full-jitter', 'one-delay-queue', 'waits-as-told'],
    ])(
      'is violated in 20 of 20 runs: %s, %s',
      async (strategy, wait, invariant) => {
        const one = [...words, '--strategy', strategy, '--wait', wait, '--repeat', '20'];
        const { record, exitCode } = await runJson(desk, ...one);
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
        const one = [...words, '--strategy', strategy, '--repeat', '50'];
        const { record } = await runJson(desk, ...one);
        expect(verdicts(record)).toEqual({ holds: 50 });
      },
      patience,
    );
  });
