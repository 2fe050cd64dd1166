import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDesk, runDecided, type Desk } from './support/cli.js';
import { describeWith, needs } from './support/requires.js';

describeWith('rabbitmq', 'kata 10, where the broker always refuses one event', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await makeDesk();
    await desk.plan('init');
    expect((await desk.plan('services', 'up', 'postgres', 'rabbitmq')).exitCode).toBe(0);
  });
  afterAll(async () => {
    await desk.plan('services', 'down');
    await desk.remove();
  });

  const languages = ['node', ...(needs('go', 'the relay of kata 10 in Go') ? ['go'] : [])];
  it.each(languages)('the relay in %s sets it aside, and goes on with the others', async (lang) => {
    const words = ['--strategy', 'outbox', '--lang', lang, '--poison', 'one'];
    const { exitCode, record, stderr } = await runDecided(
      desk,
      ...['kata-10', ...words, '--act', 'never-taken'],
    );
    expect(exitCode, stderr).toBe(0);
    const [only] = record.cases;
    expect(only?.findings.find(({ invariant }) => invariant === 'others-go-on')?.holds).toBe(true);
  });
});
