import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDesk, planBinary, type Desk } from './support/cli.js';
import { solutions } from './support/solutions.js';
import { onTerminal } from './support/terminal.js';
import { registered, until } from './support/processes.js';

let desk: Desk;
let mine: string;
beforeEach(async () => {
  desk = await makeDesk();
  await desk.plan('init');
  await desk.plan('new', 'kata-2', '--lang', 'js', './mine');
  mine = path.join(desk.folder, 'mine', 'main.js');
});
afterEach(() => desk.remove());

describe('plan run --watch', () => {
  it('runs again on every save, tells what does not build, and Ctrl-C ends it', async () => {
    const watching = execa(planBinary, ['run', 'kata-2', '--impl', './mine', '--watch'], {
      cwd: desk.folder,
      env: desk.env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      all: true,
    });
    let screen = '';
    watching.all.on('data', (chunk: Buffer) => (screen += chunk.toString()));
    const rounds = (): number => screen.split('Watching ./mine').length - 1;
    const runs = async (count: number): Promise<void> =>
      until(`${count} runs`, () => rounds() >= count);

    await runs(1);
    expect(screen).toContain('not written yet');

    const program = await readFile(mine, 'utf8');
    await writeFile(mine, program.replace('not written yet', 'still not written'));
    await runs(2);
    expect(screen).toContain('still not written');

    await appendFile(mine, 'this is not JavaScript\n');
    await runs(3);
    expect(screen).toMatch(/main\.js:\d+:\d+/);

    await mkdir(path.join(desk.folder, 'mine', 'deeper'));
    await writeFile(mine, program);
    await runs(4);
    await writeFile(path.join(desk.folder, 'mine', 'deeper', 'more.js'), 'export {};\n');
    await runs(5);

    watching.kill('SIGINT');
    expect((await watching).exitCode).toBe(130);
    expect(registered(desk.env['XDG_STATE_HOME'] ?? '')).toEqual([]);
  });

  it('keeps the services up between the runs, and stops them at its end', async () => {
    await desk.plan('new', 'kata-4', '--lang', 'js', './shop');
    const watching = execa(planBinary, ['run', 'kata-4', '--impl', './shop', '--watch'], {
      cwd: desk.folder,
      env: desk.env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      all: true,
    });
    let screen = '';
    watching.all.on('data', (chunk: Buffer) => (screen += chunk.toString()));
    const rounds = (): number => screen.split('Watching ./shop').length - 1;
    await until('the first run', () => rounds() === 1);
    const state = desk.env['XDG_STATE_HOME'] ?? '';
    const between = registered(state);
    expect(between.length).toBeGreaterThan(0);

    await appendFile(path.join(desk.folder, 'shop', 'main.js'), '// saved\n');
    await until('the second run', () => rounds() === 2);
    expect(registered(state)).toEqual(between);
    watching.kill('SIGTERM');
    expect((await watching).exitCode).toBe(130);
    expect(registered(state)).toEqual([]);
  });

  it('on a terminal shows one hint more at h, and goes on at n once it holds', async () => {
    const words = ['run', 'kata-2', '--impl', './mine', '--watch'];
    const { screen } = await onTerminal(desk, words, [
      { after: /q ends/, keys: 'h' },
      { after: /hint 1 of[^]*q ends/i, keys: 'h' },
      { after: /hint 2 of[^]*q ends/i, keys: 'n' },
      { after: /does not hold yet/, keys: 'q' },
    ]);
    expect(screen).toContain('--hint 2');

    const { file, changes } = solutions['javascript'] ?? { file: '', changes: [] };
    let program = await readFile(mine, 'utf8');
    for (const [before, after] of changes) program = program.replaceAll(before, after);
    await writeFile(path.join(desk.folder, 'mine', file), program);
    const onward = await onTerminal(desk, words, [{ after: /q ends/, keys: 'n' }]);
    expect(onward.exitCode).toBe(0);
    expect(onward.screen).toMatch(/has been stopped\.[^]*m1\.b/);
  });

  it('on a terminal runs again at Enter and ends at q', async () => {
    const words = ['run', 'kata-2', '--impl', './mine', '--watch'];
    const { exitCode, screen } = await onTerminal(desk, words, [
      { after: /q ends/, keys: '\r' },
      { after: /q ends/, keys: 'q' },
    ]);
    expect(exitCode).toBe(0);
    expect(screen.split('[follows-the-contract]')).toHaveLength(3);
    expect(screen).toContain('Everything that was started has been stopped.');
  });

  it.each([
    [['--watch'], /--impl/],
    [['--impl', './mine', '--watch', '--json'], /--json/],
    [['--impl', './nothing', '--watch'], /nothing/],
  ])('refuses %j', async (words, said) => {
    const { exitCode, stderr } = await desk.plan('run', 'kata-2', ...words);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(said);
  });
});
