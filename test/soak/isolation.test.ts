import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, runJson, type Desk } from '../support/cli.js';
import { verdicts } from '../support/verdicts.js';

const patience = 1_200_000;

describe.each(['local', 'embedded'])('the isolation levels of PostgreSQL (%s)', (provider) => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await makeDesk();
    await desk.plan('init');
    expect((await desk.plan('services', 'up', '--services', provider)).exitCode).toBe(0);
  }, 120_000);

  afterAll(async () => {
    await desk.plan('services', 'down');
    await desk.remove();
  }, 60_000);

  it(
    'come to the documented table in 50 of 50 runs',
    async () => {
      const { record } = await runJson(desk, 'isolation', '--repeat', '50');
      expect(verdicts(record)).toEqual({ holds: 150 });
    },
    patience,
  );
});
