import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFolder, type TemporaryFolder } from '../../../test/support/folder.js';
import { isAlive } from '../../../test/support/processes.js';
import type { CommandFailed } from './command-failed.js';
import { runInGroup } from './in-group.js';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await makeFolder();
  onLeftRunning.mockClear();
  vi.stubEnv('XDG_STATE_HOME', folder.path);
});
afterEach(() => folder.remove());
afterAll(() => vi.unstubAllEnvs());

const onLeftRunning = vi.fn();
const shell = (script: string, signal = new AbortController().signal): Promise<string> =>
  runInGroup({ file: '/bin/sh', args: ['-c', script], cwd: folder.path, signal, onLeftRunning });

const registered = (): Promise<string[]> =>
  readdir(path.join(folder.path, 'plan/running')).catch(() => []);

describe('a build command', () => {
  it('gives what it prints, and is in the register only while it runs', async () => {
    const entries = shell(`sleep 0.3; ls ${folder.path}/plan/running`);
    expect(await entries).toMatch(/\.process\.\w+\.json$/);
    expect(onLeftRunning).not.toHaveBeenCalled();
    expect(await registered()).toEqual([]);
  });

  it('that fails at once says so, and is taken out of the register', async () => {
    await expect(shell('echo no >&2; exit 3')).rejects.toMatchObject({ exitCode: 3, stderr: 'no' });
    expect(await registered()).toEqual([]);
  });

  it('that is not there says so', async () => {
    const missing = runInGroup({
      file: 'no-such-compiler',
      args: [],
      cwd: folder.path,
      signal: new AbortController().signal,
    });
    await expect(missing).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is over when it has ended, whatever it leaves running, and that is ended', async () => {
    // One holds the pipes, one has a session of its own, one is deaf: none of them may hold us.
    const began = performance.now();
    const said = await shell(
      `sleep 100 & echo $!; setsid sleep 101 & echo $!; (trap '' TERM; echo $$; sleep 102) & sleep 0.2; echo built`,
    );
    expect(performance.now() - began).toBeLessThan(15_000);
    const [one, two, , last] = said.split('\n');
    expect(last).toBe('built');
    expect(onLeftRunning).toHaveBeenCalledOnce();
    expect([one, two].map(Number).filter(isAlive)).toEqual([]);
    expect(await registered()).toEqual([]);
  });

  it('may say more than anybody keeps: its beginning and its end are told', async () => {
    const failing = shell('echo first; yes | head -c 50000000; echo last >&2; exit 2');
    const { all } = (await failing.catch((error: unknown) => error)) as CommandFailed;
    expect(all.length).toBeLessThan(10_000_000);
    expect(all).toMatch(/^first\ny\n/);
    expect(all).toMatch(/… plan: 40 MiB are left out/);
    expect(all).toMatch(/\nlast$/);
  });

  it('that is interrupted takes all that it started with it, deaf ones too', async () => {
    const controller = new AbortController();
    const running = shell(
      `(trap '' TERM; echo $$ > deaf; while :; do sleep 0.1; done) & echo $! > child; wait`,
      controller.signal,
    );
    running.catch(() => undefined);
    const child = await vi.waitFor(async () => {
      const text = (await readFile(path.join(folder.path, 'child'), 'utf8')).trim();
      await access(path.join(folder.path, 'deaf'));
      expect(text).toMatch(/^\d+$/);
      return Number(text);
    }, 10_000);
    expect(isAlive(child)).toBe(true);
    controller.abort(new Error('Ctrl-C'));
    await expect(running).rejects.toThrow('Ctrl-C');
    await vi.waitFor(() => expect(isAlive(child)).toBe(false), 10_000);
    expect(await registered()).toEqual([]);
  });
});
