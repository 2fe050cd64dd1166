import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDesk, planBinary, type Desk } from './support/cli.js';
import { registered, until } from './support/processes.js';

let desk: Desk;

beforeEach(async () => {
  desk = await makeDesk();
  await desk.plan('init');
});

afterEach(() => desk.remove());

describe('a run whose reader goes away', () => {
  it('is interrupted, and stops everything', async () => {
    const run = execa(process.execPath, [planBinary, 'run', 'kata-4'], {
      ...{ cwd: desk.folder, env: desk.env, extendEnv: false, reject: false },
    });
    const stateHome = desk.env['XDG_STATE_HOME'] ?? '';
    await until('something runs', () => registered(stateHome).length > 0);
    // What is written to stderr from now on fails.
    run.stderr.destroy();
    run.stdout.destroy();
    expect((await run).exitCode).toBe(130);
    expect(registered(stateHome)).toEqual([]);
  });
});

describe('stdout that takes nothing', () => {
  it.skipIf(process.platform !== 'linux')(
    'ends with 4, also where JSON was asked for',
    async () => {
      for (const more of [[], ['--json']]) {
        const list = [process.execPath, planBinary, 'list', ...more].map((one) => `'${one}'`);
        const { exitCode, stderr } = await execa('sh', ['-c', `${list.join(' ')} > /dev/full`], {
          ...{ cwd: desk.folder, env: desk.env, extendEnv: false, reject: false },
        });
        expect(exitCode).toBe(4);
        expect(stderr).not.toMatch(/defect|defecto|Node\.js v/);
      }
    },
  );
});
