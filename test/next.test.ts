import { execa } from 'execa';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDesk, planBinary, repository, type Desk } from './support/cli.js';

let desk: Desk;

beforeEach(async () => {
  desk = await makeDesk();
});

afterEach(() => desk.remove());

const write = (progress: object) =>
  writeFile(path.join(desk.folder, 'progress.json'), JSON.stringify({ schema: 1, ...progress }));

const tell = async (...words: string[]) => {
  const { exitCode, stdout, stderr } = await desk.plan('next', ...words);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
};

describe('plan next', () => {
  it('without a progress.json tells the plan as if it began today, and makes no file', async () => {
    const told = await tell('--date', '2026-01-05');
    expect(told).toMatch(/Monday 2026-01-05 · theory\n {2}Week 1 of 24/);
    expect(told).toContain('plan init fixes the start');
    expect(told).toMatch(/Type now: plan show state$/);
    expect(readdirSync(desk.folder)).toEqual([]);
  });

  it('without a start date says how to fix it', async () => {
    await desk.plan('init');
    const file = path.join(desk.folder, 'progress.json');
    const before = readFileSync(file);
    expect(await tell()).toContain('plan init --start YYYY-MM-DD');
    expect(readFileSync(file)).toEqual(before);
  });

  it('tells theory on a Monday and kata 4 on its Thursday, in the language of progress.json', async () => {
    await write({ startedOn: '2026-01-05', locale: 'es' });
    const monday = await tell('--date', '2026-01-05');
    expect(monday).toContain('lunes 2026-01-05 · teoría');
    expect(monday).toMatch(/plan show state +qué es, dónde duele/);
    expect(monday).toMatch(
      /plan check m1\.b1\.theory-1 +cuando lo hayas leído \(el plan: README Fase 0\)$/m,
    );
    expect(monday).toMatch(/Escribe ahora: plan show state$/);
    await desk.plan('check', 'm1.b1.kata-0', 'm1.b1.practice-1', 'kata-1', 'kata-2', 'kata-3');
    await desk.plan('check', 'm1.b2.deliverable');
    const thursday = await tell('--date', '2026-02-12');
    expect(thursday).toContain('Kata 4: Over-selling inventory');
    expect(thursday).toMatch(/Escribe ahora: plan run kata-4$/);
    expect(await tell('--date', '2026-02-12', '--locale', 'en')).toContain('Thursday');
    expect(await tell('--locale=en', '--date=2026-02-12')).toContain('Thursday');
  });

  it('breaks its lines for the narrowest terminal that people use', async () => {
    await write({ startedOn: '2026-01-05' });
    for (const locale of ['es', 'en'])
      for (const date of ['2026-01-05', '2026-01-30', '2026-02-15', '2026-03-12']) {
        const lines = (await tell('--date', date, '--locale', locale)).split('\n');
        expect(lines.filter((line) => line.length > 80)).toEqual([]);
      }
  });

  it('tells which note theory has, and where the plan has it from', async () => {
    await write({ startedOn: '2026-01-05' });
    const { data } = await desk.json('checklist');
    const { months } = data as { months: { blocks: { items: { id: string }[] }[] }[] };
    const blocks = months.slice(0, 5).flatMap((month) => month.blocks);
    const early = blocks.slice(0, -1).flatMap(({ items }) => items);
    await desk.plan('check', ...early.map(({ id }) => id));
    const told = await tell('--date', '2026-05-11');
    expect(told).toContain('plan show structured-logs');
    expect(told).toMatch(/plan check m5\.b2\.theory-1 .*README phase 7/);
  });

  it('says plainly which katas the lab does not have yet', async () => {
    await write({ startedOn: '2026-01-05', items: {} });
    const { data } = await desk.json('next', '--date', '2026-06-25');
    const { asks } = data as { asks: { kata: string | null; isInLab: boolean; due: string }[] };
    const katas = asks.filter(({ kata }) => kata !== null);
    const folders = readdirSync(path.join(repository, 'katas'));
    // The katas of practice, one of them without a number, two that a deliverable is, and `final`,
    // which seven requirements are.
    expect(katas).toHaveLength(17 + 7);
    for (const { kata, isInLab } of katas)
      expect(isInLab).toBe(folders.some((folder) => `${folder}-`.startsWith(`${kata ?? ''}-`)));
  });

  it('tells how far behind one is, and null for a week outside of the plan', async () => {
    await write({ startedOn: '2026-01-05' });
    expect(await tell('--date', '2026-01-13')).toContain('Behind by 2 items (6 days).');
    const { data } = await desk.json('next', '--date', '2026-07-01');
    expect(data).toMatchObject({ phase: 'after', week: null, standing: { done: 0, items: -70 } });
  });

  it('counts the nearest progress.json above', async () => {
    await write({ startedOn: '2026-01-05' });
    const below = path.join(desk.folder, 'work', 'mine');
    await mkdir(below, { recursive: true });
    const options = { cwd: below, env: desk.env, extendEnv: false };
    const { stdout } = await execa(planBinary, ['next', '--date', '2026-02-03'], options);
    expect(stdout).toContain('Week 5 of 24');
  });

  it.each([
    [
      'a day that does not exist',
      ['--date', '2026-02-30'],
      /'2026-02-30' is not a day.*\n.*plan next --date/,
    ],
    ['an empty day', ['--date='], /'' is not a day/],
    ['an unknown option', ['--dates', 'x'], /no option '--dates'[^]*--date/],
    ['an option without its value', ['--date'], /needs a value/],
    ['a language that it does not speak', ['--locale', 'fr'], /takes one of es, en, not 'fr'/],
    ['an argument too many', ['now'], /more arguments/],
  ])('refuses %s', async (_, words, complaint) => {
    const { exitCode, stdout, stderr } = await desk.plan('next', ...words);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(complaint);
  });

  it('tells a fault as data too', async () => {
    const { exitCode, data } = await desk.json('next', '--date', 'tomorrow');
    expect(exitCode).toBe(2);
    expect(data).toMatchObject({ error: { code: 'bad-date', mend: expect.any(String) as string } });
  });

  it('has help with an example', async () => {
    const { exitCode, stdout } = await desk.plan('next', '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/--date[^]*--json[^]*Example:\n {2}\$ plan next/);
  });

  it('tells the same in the quick way and through main', async () => {
    await write({ startedOn: '2026-01-05' });
    const options = { cwd: desk.folder, env: desk.env, extendEnv: false };
    const { stdout } = await execa(
      planBinary,
      ['--locale', 'en', 'next', '--date', '2026-02-12'],
      options,
    );
    expect(stdout).toBe((await desk.plan('next', '--date', '2026-02-12')).stdout);
  });
});

describe('what is printed', () => {
  it('ends quietly where nobody reads', async () => {
    const script = '"$0" next | true; echo "${PIPESTATUS[0]}"';
    const options = { cwd: desk.folder, env: desk.env, extendEnv: false };
    const { stdout, stderr } = await execa('bash', ['-c', script, planBinary], options);
    expect({ stdout, stderr }).toEqual({ stdout: '0', stderr: '' });
  });

  it.each([
    [{}, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('with %j has colours: %s', async (variables, has) => {
    const env = { ...desk.env, ...variables };
    const { stdout } = await execa(planBinary, ['next'], {
      cwd: desk.folder,
      env,
      extendEnv: false,
    });
    expect(stdout.includes('\u001b[')).toBe(has);
  });
});
