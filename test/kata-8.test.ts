import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LetterOutcome } from '../src/kata/dead-letters.js';
import type { StoredLetter } from '../src/lab/dead-letters/index.js';
import { makeDesk, repository, runJson, type Desk } from './support/cli.js';
import { describeWith } from './support/requires.js';

interface Listed {
  readonly run: string;
  readonly letters: readonly StoredLetter[];
}

interface Replayed {
  readonly kept: number;
  readonly letters: readonly LetterOutcome[];
}

/** With a broker of its own, which is killed here: other tests must not share it. */
describeWith('rabbitmq', 'kata 8 and plan dlq', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await makeDesk();
    await desk.plan('init');
    expect((await desk.plan('services', 'up', 'rabbitmq')).exitCode).toBe(0);
  });
  afterAll(async () => {
    await desk.plan('services', 'down');
    await desk.remove();
  });

  const list = async (): Promise<Listed> => {
    const { exitCode, data } = await desk.json('dlq');
    expect(exitCode).toBe(0);
    return data as Listed;
  };
  const replay = async (...words: string[]): Promise<Replayed> => {
    const { exitCode, data, stderr } = await desk.json('dlq', 'replay', ...words);
    expect(exitCode, stderr).toBe(0);
    return data as Replayed;
  };

  it('says what to do where there is no run, and where a run left none', async () => {
    const { exitCode, stderr } = await desk.plan('dlq');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('plan run kata-8');
    await runJson(desk, 'kata-8', '--strategy', 'drop', '--messages', '10');
    const after = await desk.plan('dlq');
    expect(after.exitCode).toBe(2);
    expect(after.stderr).toContain('No run of kata-8 here has left dead letters');
  });

  it('catches dead letters that are not on disk when the broker is killed', async () => {
    const twin = path.join(
      repository,
      'katas/kata-8-dead-letters/twins/twin-keeps-dead-letters-in-memory.js',
    );
    const { record } = await runJson(desk, 'kata-8', '--impl', twin, '--messages', '10');
    const broken = record.cases[0]?.findings.filter(({ holds }) => !holds);
    const names = broken?.map(({ invariant }) => invariant);
    expect(names).toEqual(['poison-in-dlq-once', 'body-kept', 'none-lost']);
  });

  it('lists the dead letters of a run that holds, and tells all of one', async () => {
    const words = ['--strategy', 'dlx-header', '--messages', '10'];
    const { exitCode } = await runJson(desk, 'kata-8', ...words);
    expect(exitCode).toBe(0);
    const { letters } = await list();
    expect(letters).toHaveLength(18);
    const refused = letters.find(({ reason }) => reason?.includes('unknown address'));
    expect(refused?.attempts.map(({ answer }) => answer.en)).toHaveLength(3);
    const table = (await desk.plan('dlq', 'list')).stdout;
    for (const { id } of letters) expect(table).toContain(id);
    const shown = (await desk.plan('dlq', 'show', refused?.id ?? '')).stdout;
    expect(shown).toMatch(/\b\d{3} unknown address/);
    expect(shown).toContain(`line ${refused?.attempts[2]?.line}`);
    expect(shown).toContain(`message ${refused?.id} failed`);
    const unknown = await desk.plan('dlq', 'show', 'm-nobody');
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("There is no dead letter 'm-nobody'");
    expect((await desk.plan('dlq', 'replya')).stderr).toContain('plan dlq replay');
    expect((await desk.plan('dlq', 'replay')).stderr).toContain('plan dlq replay --all');
  });

  it('sends them again: one, then all; what nobody can read stays dead', async () => {
    const before = (await list()).letters;
    const refused = before.find(({ reason }) => reason?.includes('unknown address'));
    const one = await replay(refused?.id ?? '');
    expect(one.letters).toEqual([{ id: refused?.id, became: 'done', must: 'done', attempts: 1 }]);
    expect(one.kept).toBe(17);
    const left = await list();
    expect(left.letters.map(({ id }) => id)).not.toContain(refused?.id);
    // What was left alone is told of as before, from the history of then.
    const other = before.find(({ id }) => id !== refused?.id);
    expect(left.letters[0]?.attempts).toEqual(other?.attempts);

    const broken = await replay('--all', '--still-broken');
    expect(broken.letters.map(({ became }) => became)).toEqual(Array(17).fill('dead'));
    expect(broken.letters.every(({ attempts }) => attempts === 3)).toBe(true);
    const mended = await replay('--all');
    expect(mended.letters.filter(({ became }) => became === 'done')).toHaveLength(14);
    const unreadable = await list();
    expect(unreadable.letters.map(({ reason }) => reason)).toEqual(
      Array(3).fill('the body is no shipment'),
    );
    const rechecked = await desk.plan('recheck', unreadable.run);
    expect(rechecked.exitCode, rechecked.stdout).toBe(0);
  });

  it('lays down a worker that starts and fails', async () => {
    const mine = './mine';
    expect((await desk.plan('new', 'kata-8', '--lang', 'javascript', mine)).exitCode).toBe(0);
    const { exitCode, record } = await runJson(desk, 'kata-8', '--impl', mine, '--messages', '10');
    expect(exitCode).toBe(1);
    const broken = record.cases[0]?.findings.filter(({ holds }) => !holds);
    expect(broken?.map(({ invariant }) => invariant)).toContain('poison-in-dlq-once');
    expect(broken?.map(({ invariant }) => invariant)).not.toContain('becomes-healthy');
  });
});
