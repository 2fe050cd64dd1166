import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDesk, repository, type Desk } from './support/cli.js';

/** What `npm pack` makes, installed in a project: its packages lie beside it, as npm lays them. */
let project: string;
let packed: readonly string[];
let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  project = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'plan-package-')));
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', project];
  const { stdout } = await execa('npm', words, { cwd: repository });
  const [pack] = JSON.parse(stdout) as [
    { name: string; filename: string; files: { path: string }[] },
  ];
  packed = pack.files.map((file) => file.path);
  const packages = path.join(project, 'node_modules');
  mkdirSync(path.join(packages, pack.name), { recursive: true });
  for (const name of readdirSync(path.join(repository, 'node_modules')))
    if (name !== pack.name)
      symlinkSync(path.join(repository, 'node_modules', name), path.join(packages, name));
  await execa('tar', [
    ...['-xzf', path.join(project, pack.filename), '--strip-components=1'],
    ...['-C', path.join(packages, pack.name)],
  ]);
});

afterAll(async () => {
  rmSync(project, { recursive: true });
  await desk.remove();
});

it('holds what the program needs, and nothing of its tests', () => {
  for (const needed of ['bin/plan.js', 'dist/main.js', 'katas/CONTRACT.md', 'README.es.md'])
    expect(packed).toContain(needed);
  expect(
    packed.filter((file) => /\.test\.|\.histories\.|^(src|test|scripts)\//.test(file)),
  ).toEqual([]);
  expect(packed.filter((file) => /^katas\/[^/]+\/twins\//.test(file))).toEqual([]);
});

it('studies, runs and judges where it is installed', async () => {
  expect((await plan('init', '--start', 'today')).stdout).toContain('plan next');
  expect((await plan('next')).exitCode).toBe(0);
  expect((await plan('show', 'cap')).stdout).toContain('CAP');
  const small = ['--orders', '2', '--users', '2'];
  const reference = await plan('run', 'kata-0', '--strategy', 'database', ...small);
  expect(reference.exitCode, reference.stderr).toBe(0);
});

it('builds what a learner begins, with the packages that it brings', async () => {
  const own = path.join(desk.folder, 'own');
  const began = await plan('new', 'kata-0', own, '--lang', 'javascript');
  expect(began.exitCode, began.stderr).toBe(0);
  // Not yet written: it starts, answers 501, and is told so.
  const run = await plan('run', 'kata-0', '--impl', own, '--orders', '2', '--users', '2');
  expect(run.exitCode, run.stderr).toBe(1);
  expect(run.stdout).toContain('501');
});

it('proves a kata from outside', async () => {
  const kata = path.join(desk.folder, 'likes');
  expect((await plan('new-kata', kata)).exitCode).toBe(0);
  const checked = await plan('dev', 'check', kata, '--only', 'texts,references');
  expect(checked.exitCode, checked.stderr).toBe(0);
});

function plan(...words: string[]) {
  const options = { cwd: desk.folder, env: desk.env, extendEnv: false, reject: false } as const;
  return execa(
    path.join(project, 'node_modules', 'plan-backend-lab', 'bin', 'plan.js'),
    words,
    options,
  );
}
