import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, runJson, type Desk } from '../support/cli.js';
import { verdicts } from '../support/verdicts.js';

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
  expect((await desk.plan('services', 'up')).exitCode).toBe(0);
}, 240_000);

afterAll(async () => {
  await desk.plan('services', 'down');
  await desk.remove();
}, 60_000);

const patience = 2_400_000;
const small = ['--orders', '40', '--users', '4'];

const broken = {
  'dual-write': { invariant: 'no-lost-event', story: /o-first-\d+ .*as it was about to publish/ },
  'publish-first': { invariant: 'no-phantom-event', story: /o-written-\d+ came/ },
  'outbox-naive': { invariant: 'no-lost-event', story: /o-late-\d+ .*committed last/ },
};

describe.each(['node', 'go'])('kata 10 in %s', (language) => {
  it.each(Object.entries(broken))(
    '%s breaks in 20 of 20 runs, and names the order and the point',
    async (strategy, { invariant, story }) => {
      const words = ['kata-10', '--strategy', strategy, '--lang', language, '--repeat', '20'];
      const { record, exitCode } = await runJson(desk, ...words, ...small);
      expect(verdicts(record)).toEqual({ violated: 20 });
      for (const { findings } of record.cases) {
        const found = findings.find((one) => one.invariant === invariant);
        expect(found?.witness?.story.en).toMatch(story);
      }
      expect(exitCode).toBe(0);
    },
    patience,
  );

  it(
    'outbox holds in 50 of 50 runs',
    async () => {
      const words = ['kata-10', '--strategy', 'outbox', '--lang', language, '--repeat', '50'];
      const { record } = await runJson(desk, ...words, ...small);
      expect(verdicts(record)).toEqual({ holds: 50 });
    },
    patience,
  );

  it(
    'outbox holds in 10 of 10 runs in which the broker itself is killed',
    async () => {
      const words = ['kata-10', '--strategy', 'outbox', '--lang', language, '--repeat', '10'];
      const { record } = await runJson(desk, ...words, ...small, '--outage', 'killed');
      expect(verdicts(record)).toEqual({ holds: 10 });
    },
    patience,
  );
});
