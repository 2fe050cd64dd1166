import { execa } from 'execa';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../src/kata/run-record.js';
import { makeDesk, repository, runJson, type Desk } from './support/cli.js';

/** One kata, laid down and run; each test looks at another side of it. */
let desk: Desk;
let record: RunRecord;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
  expect((await desk.plan('services', 'up', 'postgres')).exitCode).toBe(0);
  const made = await desk.plan('new-kata', './lost-likes');
  expect(made.exitCode, made.stderr).toBe(0);
  expect(made.stdout).toContain('plan run ./lost-likes');
  const run = await runJson(desk, './lost-likes');
  expect(run.exitCode, run.stderr).toBe(0);
  record = run.record;
});
afterAll(async () => {
  await desk.plan('services', 'down');
  await desk.remove();
});

describe('a kata from outside', () => {
  it('shows the failure, and the cure', () => {
    expect(record).toMatchObject({
      kata: 'lost-likes',
      kataFolder: 'lost-likes',
      outcome: 'as-expected',
      cases: [
        { strategy: 'naive', verdict: 'violated', asExpected: true },
        { strategy: 'atomic', verdict: 'holds', asExpected: true },
      ],
    });
    const lost = record.cases[0]?.findings.find(({ invariant }) => invariant === 'no-like-lost');
    expect(lost?.witness?.story.en).toMatch(/Fans \d+ and \d+ were both told \d+/);
  });

  it('is typed for an editor, and formatted', async () => {
    const bin = (name: string): string => path.join(repository, 'node_modules', '.bin', name);
    const cwd = path.join(desk.folder, 'lost-likes');
    const types = await execa(bin('tsc'), ['-p', '.'], { cwd, reject: false });
    expect(types.stdout).toBe('');
    await writeFile(
      path.join(cwd, 'wrong.ts'),
      "import { defineKatta } from 'plan-backend-lab/kata';\n",
    );
    const wrong = await execa(bin('tsc'), ['-p', '.'], { cwd, reject: false });
    expect(wrong.stdout).toContain('defineKata');
    await writeFile(path.join(cwd, 'wrong.ts'), '');
    const config = path.join(repository, '.prettierrc.json');
    const format = await execa(bin('prettier'), ['--config', config, '--check', '.'], {
      cwd,
      reject: false,
    });
    expect(format.exitCode, format.stderr).toBe(0);
  });

  it('is shown, written down and rechecked like any other, and ticks nothing', async () => {
    const shown = await desk.plan('show', 'lost-likes');
    expect(shown.stdout).toContain('plan run ./lost-likes --impl ./mine');
    expect((await desk.plan('doc', './lost-likes')).exitCode).toBe(0);
    const page = await readFile(path.join(desk.folder, 'journal', 'lost-likes.md'), 'utf8');
    expect(page).toContain('`plan run ./lost-likes');
    expect(page).toContain('async naive(post)');
    const right = './lost-likes/twins/right-locks-the-row.js';
    expect((await runJson(desk, './lost-likes', '--impl', right)).exitCode).toBe(0);
    const { items, katas } = JSON.parse(
      await readFile(path.join(desk.folder, 'progress.json'), 'utf8'),
    ) as { items: object; katas: Record<string, object> };
    expect(items).toEqual({});
    expect(katas['lost-likes']).toMatchObject({ last: { verdict: 'holds', kind: 'own' } });
    for (const words of [['next'], ['list'], ['report'], ['checklist']])
      expect((await desk.plan(...words)).exitCode).toBe(0);
  });

  it('takes implementations in other languages', async () => {
    const made = await desk.plan('new', './lost-likes', '--lang', 'js', './mine');
    expect(made.stdout).toContain('plan run ./lost-likes --impl ./mine --watch');
    const program = await readFile(path.join(desk.folder, 'mine', 'main.js'), 'utf8');
    expect(program).toContain("'POST /likes': notYet");
    const { exitCode } = await runJson(desk, './lost-likes', '--impl', './mine');
    expect(exitCode).toBe(1);
  });

  it('is found again by a recheck, from anywhere, and where it has moved to', async () => {
    const run = path.join(desk.folder, record.folder);
    expect((await desk.plan('recheck', run)).stdout).toContain('comes to the same verdicts');
    const [here, there] = ['lost-likes', 'moved'].map((name) => path.join(desk.folder, name));
    await rename(here ?? '', there ?? '');
    const lost = await desk.json('recheck', run);
    expect(lost.exitCode).toBe(2);
    expect(lost.data).toMatchObject({ error: { code: 'kata-moved' } });
    expect((await desk.plan('recheck', run, '--kata', './moved')).exitCode).toBe(0);
    await rename(there ?? '', here ?? '');
  });
});

describe('a kata that is not right', () => {
  const broken = async (before: string | RegExp, after: string, file = 'kata.ts') => {
    const place = path.join(desk.folder, 'lost-likes', file);
    const text = await readFile(place, 'utf8');
    const changed = text.replace(before, after);
    expect(changed).not.toBe(text);
    await writeFile(place, changed);
    const outcome = await desk.json('run', './lost-likes', '--strategy', 'naive');
    await writeFile(place, text);
    return outcome;
  };

  it.each<[string, string | RegExp, string, string, RegExp, string?]>([
    [
      'does not compile',
      'const post = ',
      'const post = ;',
      'kata-not-built',
      /experiment\.ts:4:14: Unexpected/,
      'experiment.ts',
    ],
    [
      'imports what is not there',
      /defineKata/g,
      'defineKat',
      'kata-not-built',
      /kata\.ts:1:\d+: No matching export/,
    ],
    [
      'throws as it is loaded',
      "'p-1'",
      "'p-1'.at(9).length",
      'kata-threw',
      /lost-likes\/experiment\.ts:4:\d+: Cannot read/,
      'experiment.ts',
    ],
    ['lacks a language', /es: 'Likes perdidos'/, '', 'bad-kata', /title\.es: is missing/],
    ['has the name of another', /id: '[^']*'/, "id: 'kata-4'", 'bad-kata', /id: is the lab's own/],
    [
      'ticks what is not in the plan',
      "services: ['",
      "item: 'm9', services: ['",
      'bad-kata',
      /item: names 'm9'/,
    ],
    ['exports nothing', 'export const', 'const', 'no-kata-exported', /export const kata/],
  ])('%s', async (_, before, after, code, what, file) => {
    const { exitCode, data } = await broken(before, after, file);
    expect(exitCode).toBe(2);
    expect(data).toMatchObject({ error: { code, what: expect.stringMatching(what) as string } });
  });

  it('says where its experiment or its checker threw', async () => {
    const experiment = await broken('await lab.start()', 'await lab.strat()', 'experiment.ts');
    expect(experiment.exitCode).toBe(2);
    const thrown = (experiment.data as RunRecord).cases[0]?.error;
    expect(thrown).toMatchObject({ code: 'kata-threw' });
    expect(thrown?.what).toMatch(
      /at lost-likes\/experiment\.ts:\d+:\d+: .*strat is not a function/,
    );
    const checker = await broken(
      'const twice =',
      'history.nothing();\n  const twice =',
      'rules.ts',
    );
    expect(checker.exitCode).toBe(2);
    const crashed = (checker.data as RunRecord).cases[0]?.error;
    expect(crashed).toMatchObject({ code: 'checker-crashed' });
    expect(crashed?.what).toMatch(/at lost-likes\/rules\.ts:\d+:\d+/);
  });

  it('is not there, and what would lay it down never overwrites anything', async () => {
    const missing = await desk.json('run', './nowhere');
    expect(missing.exitCode).toBe(2);
    expect(missing.data).toMatchObject({ error: { code: 'no-kata-there' } });
    await mkdir(path.join(desk.folder, 'full', 'notes'), { recursive: true });
    const refused = await desk.plan('new-kata', './full');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('plan new-kata ./full-2');
    expect((await desk.plan('new-kata')).exitCode).toBe(2);
  });

  it('gets a name of its own where its folder has one of the lab', async () => {
    const { data } = await desk.json('new-kata', './kata-4', '--locale', 'es');
    expect(data).toMatchObject({ kata: 'my-kata-4' });
    const text = await readFile(path.join(desk.folder, 'kata-4', 'kata.ts'), 'utf8');
    expect(text).toContain('// Qué es la kata, como datos');
  });
});
