import { execa } from 'execa';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashSources } from '../src/base/hash.js';
import { makeDesk, planBinary, type Desk } from './support/cli.js';
import { keys, onTerminal } from './support/terminal.js';

let desk: Desk;
const progress = () =>
  JSON.parse(readFileSync(path.join(desk.folder, 'progress.json'), 'utf8')) as {
    startedOn: string | null;
    locale: string | null;
    items: Record<string, unknown>;
  };

const planIn = (cwd: string, ...words: string[]) =>
  execa(planBinary, words, { cwd, env: desk.env, extendEnv: false, reject: false });

beforeEach(async () => {
  desk = await makeDesk();
});

afterEach(() => desk.remove());

describe('plan init', () => {
  it('makes progress.json and keeps results out of git', async () => {
    const { exitCode, stdout } = await desk.plan('init', '--start', '2026-01-05', '--locale', 'es');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('El plan empieza el 2026-01-05');
    expect(progress()).toMatchObject({ startedOn: '2026-01-05', locale: 'es', items: {} });
    expect(readFileSync(path.join(desk.folder, '.gitignore'), 'utf8')).toMatch(/^results\/$/m);
  });

  it('again changes what is asked for, and nothing else', async () => {
    await desk.plan('init', '--start', '2026-01-05', '--locale', 'es');
    await desk.plan('check', 'kata-4');
    const before = progress();
    const again = await desk.plan('init');
    expect(again).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('2026-01-05') as string,
    });
    expect(progress()).toEqual(before);
    await desk.plan('init', '--start', '2026-02-02');
    expect(progress()).toEqual({ ...before, startedOn: '2026-02-02' });
    await desk.plan('--locale', 'en', 'init');
    expect(progress()).toEqual({ ...before, startedOn: '2026-02-02', locale: 'en' });
  });

  it("leaves the learner's own .gitignore alone", async () => {
    await writeFile(path.join(desk.folder, '.gitignore'), 'mine\n');
    const { stdout } = await desk.plan('init');
    expect(stdout).toContain('results/');
    expect(readFileSync(path.join(desk.folder, '.gitignore'), 'utf8')).toBe('mine\n');
  });

  it.each(['2026-02-30', 'monday', '05/01/2026'])('refuses the day %s', async (day) => {
    const { exitCode, stderr } = await desk.plan('init', '--start', day);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--start 2026-01-05');
    expect(existsSync(path.join(desk.folder, 'progress.json'))).toBe(false);
  });

  it('makes a root of its own inside another, and says so', async () => {
    await desk.plan('init');
    await desk.plan('check', 'kata-4');
    const inner = path.join(desk.folder, 'inner');
    await mkdir(inner);
    expect((await planIn(inner, 'init')).stdout).toContain(desk.folder);
    await planIn(inner, 'check', 'kata-5');
    expect(Object.keys(progress().items)).toEqual(['m2.b1.kata-4']);
    expect(readFileSync(path.join(inner, 'progress.json'), 'utf8')).toContain('m2.b2.kata-5');
  });
});

describe('without a progress.json', () => {
  it.each([['check', 'kata-4'], ['uncheck', 'kata-4'], ['checklist'], ['report']])(
    'plan %s names plan init',
    async (...words) => {
      const { exitCode, stderr } = await desk.plan(...words);
      expect(exitCode).toBe(4);
      expect(stderr).toContain('plan init');
    },
  );
});

describe('plan check and uncheck', () => {
  beforeEach(() => desk.plan('init'));

  it('take several ids, short ones too, from a folder below, as often as you like', async () => {
    const deep = path.join(desk.folder, 'src', 'deep');
    await mkdir(deep, { recursive: true });
    const first = await planIn(deep, 'check', 'kata-4', 'm1.b1.theory-1', '9');
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const { data } = await desk.json('check', 'kata-4', 'kata-5');
    expect(data).toMatchObject({
      items: [
        { id: 'm2.b1.kata-4', was: true, is: true },
        { id: 'm2.b2.kata-5', was: false, is: true },
      ],
    });
    await desk.plan('uncheck', 'kata-4', 'kata-4', 'kata-5');
    const { exitCode } = await desk.plan('uncheck', 'kata-4');
    expect(exitCode).toBe(0);
    expect(Object.keys(progress().items).toSorted()).toEqual(['m1.b1.theory-1', 'm4.b1.kata-9']);
  });

  it('tick nothing where one id is unknown, and suggest the nearest', async () => {
    const { exitCode, stderr } = await desk.plan('check', 'm1.b1.theory-1', 'm2.b1.kata4');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('m2.b1.kata-4');
    expect(progress().items).toEqual({});
  });

  it('ask which where a short id could mean several', async () => {
    const { exitCode, stderr } = await desk.plan('check', 'theory-1');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('m1.b1.theory-1, m1.b2.theory-1');
  });
});

describe('plan checklist', () => {
  beforeEach(() => desk.plan('init', '--locale', 'en'));

  it('says what to read for theory that is still open', async () => {
    await desk.plan('init');
    const open = (await desk.plan('checklist')).stdout;
    expect(open).toMatch(/m2\.b1\.theory-4 +CAP theorem {3}plan show cap$/m);
    expect(open).toMatch(/theory-1 +Problem: the DB commit is OK.*\n +plan show dual-write$/m);
    // What is no theory has nothing to read.
    expect(open).not.toMatch(/final\.\d+.*plan show/);
    await desk.plan('check', 'm2.b1.theory-4');
    expect((await desk.plan('checklist')).stdout).not.toContain('plan show cap');
    const { data } = await desk.json('checklist', '--month', '2');
    expect(JSON.stringify(data)).toContain('"note":"cap"');
  });

  it('shows every item of the plan, or one month, or the final points', async () => {
    await desk.plan('check', 'm2.b1.theory-1', 'final.1');
    const all = (await desk.plan('checklist')).stdout;
    expect(all.match(/^ *\[[ x]\] \S+\.(?:theory|kata|practice)-\d+ /gm)).toHaveLength(51);
    const month = (await desk.plan('checklist', '--month', '2')).stdout;
    expect(month).toContain('[x] m2.b1.theory-1');
    expect(month).not.toMatch(/m1\.|final\./);
    const final = (await desk.plan('checklist', '--final')).stdout;
    expect(final.match(/\] final\.\d+/g)).toHaveLength(10);
    expect(final).toContain('[x] final.1 ');
    expect((await desk.plan('checklist', '--month', '7')).exitCode).toBe(2);
  });

  it('shows text where --edit finds no terminal', async () => {
    const { exitCode, stdout } = await desk.plan('checklist', '--edit', '--month', '1');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('[ ] m1.b1.theory-1');
  });

  it('ticks in a list on a terminal', async () => {
    await desk.plan('check', 'm1.b1.theory-1');
    const { exitCode, screen } = await onTerminal(
      desk,
      ['checklist', '--edit', '--month', '1'],
      [
        { after: /❯◉ m1\.b1\.theory-1/, keys: keys.space },
        { after: /❯◯ m1\.b1\.theory-1/, keys: keys.down },
        { after: /❯◯ m1\.b1\.theory-2/, keys: keys.space },
        { after: /❯◉ m1\.b1\.theory-2/, keys: keys.enter },
      ],
    );
    expect(screen).toContain('Saved: 1 ticked, 1 taken back.');
    expect(exitCode).toBe(0);
    expect(Object.keys(progress().items)).toEqual(['m1.b1.theory-2']);
  });

  it('asks before one key ticks everything, and Esc leaves it as it was', async () => {
    const { screen } = await onTerminal(
      desk,
      ['checklist', '--edit', '--month', '1'],
      [
        { after: /❯◯ m1\.b1\.theory-1/, keys: 'a' },
        { after: /❯◉ m1\.b1\.theory-1/, keys: keys.enter },
        { after: /Really tick all \d+ items[^]*❯ No/, keys: keys.enter },
      ],
    );
    expect(screen).toContain('Nothing changed.');
    const left = await onTerminal(
      desk,
      ['checklist', '--edit', '--month', '1'],
      [
        { after: /❯◯ m1\.b1\.theory-1/, keys: keys.space },
        { after: /❯◉ m1\.b1\.theory-1/, keys: '\u001b' },
      ],
    );
    expect(left.screen).toContain('Nothing changed.');
    expect(progress().items).toEqual({});
  });

  it('leaves everything as it was on Ctrl-C in the list', async () => {
    await desk.plan('check', 'm1.b1.theory-1');
    const before = progress();
    const { exitCode } = await onTerminal(
      desk,
      ['checklist', '--edit', '--month', '1'],
      [
        { after: /❯◉ m1\.b1\.theory-1/, keys: keys.space },
        { after: /❯◯ m1\.b1\.theory-1/, keys: keys.ctrlC },
      ],
    );
    expect(exitCode).toBe(130);
    expect(progress()).toEqual(before);
  });
});

describe('evidence', () => {
  const learned = 'm2.b1.kata-4';

  beforeEach(async () => {
    await desk.plan('init', '--locale', 'en');
    const mine = path.join(desk.folder, 'mine');
    await mkdir(mine);
    await writeFile(path.join(mine, 'main.go'), 'package main');
    const implementation = { path: 'mine', hash: await hashSources(mine) };
    const evidence = { by: 'run', run: 'results/kata-4/then', implementation };
    const items = { [learned]: { date: '2026-02-01', evidence } };
    const figures = { date: '2026-02-01', outcome: 'as-expected', kind: 'own', options: {} };
    const best = {
      ...{ ...figures, run: 'results/kata-4/then', verdict: 'holds', language: 'go' },
      ...{ strategy: 'atomic', n: 100, p50: 12.5, p95: 30, p99: 41.6, throughput: 812 },
    };
    await writeFile(
      path.join(desk.folder, 'progress.json'),
      JSON.stringify({ ...progress(), items, katas: { 'kata-4': { best, last: best } } }),
    );
  });

  it('is shown, and goes stale with the implementation', async () => {
    expect((await desk.plan('checklist', '--month', '2')).stdout).toMatch(
      /\[x\] m2\.b1\.kata-4 .*proved by results\/kata-4\/then/,
    );
    await writeFile(path.join(desk.folder, 'mine', 'main.go'), 'package main // changed');
    expect((await desk.plan('checklist', '--month', '2')).stdout).toMatch(
      /\[!\] m2\.b1\.kata-4 .*stale/,
    );
    const report = (await desk.plan('report')).stdout;
    expect(report).toMatch(/! m2\.b1\.kata-4 .*stale.*plan run kata-4 --impl mine/);
    expect((await desk.json('report')).data).toMatchObject({
      proved: [{ id: learned, evidence: 'stale', implementation: 'mine' }],
    });
  });

  it('is not lost when the item is ticked by hand', async () => {
    const before = progress();
    await desk.plan('check', 'kata-4');
    expect(progress()).toEqual(before);
  });

  it('stands in the report with the figures, in three formats', async () => {
    await desk.plan('init', '--start', '2026-01-05');
    const terminal = (await desk.plan('report', '--format', 'terminal')).stdout;
    expect(terminal).toMatch(/kata-4 +you +atomic +go +100 +13 +30 +42 +812/);
    expect(terminal).toMatch(/Week \d+ of 24|The weeks of the plan ended|starts on/);
    const markdown = (await desk.plan('report', '--format', 'md', '--locale', 'es')).stdout;
    expect(markdown).toMatch(/^# Plan de Estudio: Arquitectura Backend\n/);
    expect(markdown).toMatch(/\| Kata 4: [^|]+\| tuya \| atomic \| go \|/);
    expect(markdown).toContain('## Progreso por mes');
    const { data } = await desk.json('report');
    expect(data).toMatchObject({ startedOn: '2026-01-05', total: { done: 1 } });
    expect((await desk.plan('report', '--format', 'json')).stdout).toBe(
      (await desk.plan('report', '--json')).stdout,
    );
  });
});

it.each(['init', 'check', 'uncheck', 'checklist', 'report', 'completion'])(
  'plan %s --help shows an example',
  async (command) => {
    const { exitCode, stdout } = await desk.plan(command, '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`$ plan ${command}`);
  },
);
