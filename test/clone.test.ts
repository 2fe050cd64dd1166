import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { execa } from 'execa';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeDesk, repository, type Desk } from './support/cli.js';

let clone: string;
let desk: Desk;

beforeEach(async () => {
  desk = await makeDesk();
  clone = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'plan-clone-')));
  for (const name of ['bin', 'dist', 'katas', 'package.json', 'progress.json', '.gitignore'])
    cpSync(path.join(repository, name), path.join(clone, name), { recursive: true });
  symlinkSync(path.join(repository, 'node_modules'), path.join(clone, 'node_modules'));
  await git('init', '--quiet');
  await git('add', '.');
  await git('-c', 'user.name=x', '-c', 'user.email=x@localhost', 'commit', '--quiet', '-m', 'x');
});

afterEach(async () => {
  rmSync(clone, { recursive: true });
  await desk.remove();
});

it('leaves the clone as git knows it, until its progress.json is made somebody’s', async () => {
  const words = ['run', 'kata-0', '--strategy', 'database', '--orders', '2', '--users', '2'];
  const run = await plan(...words);
  expect(run.exitCode, run.stderr).toBe(0);
  expect(run.stdout).toContain('No progress.json of yours from here upwards');
  expect(await git('status', '--porcelain')).toBe('');

  expect((await plan('init', '--start', 'today')).exitCode).toBe(0);
  expect((await plan(...words)).stdout).not.toContain('No progress.json of yours');
  expect(await git('status', '--porcelain')).toContain('M progress.json');
});

function plan(...words: string[]) {
  const options = { cwd: clone, env: desk.env, extendEnv: false, reject: false } as const;
  return execa(path.join(clone, 'bin', 'plan.js'), words, options);
}

async function git(...words: string[]): Promise<string> {
  return (await execa('git', ['-C', clone, ...words])).stdout;
}
