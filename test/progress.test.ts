import { execa } from 'execa';
import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFullyDone, theoryIds } from './support/curriculum.js';
import { makeDesk, planBinary, repository, type Desk } from './support/cli.js';
import { asOrdinaryUser, injecting } from './support/faults.js';

let desk: Desk;
const file = () => path.join(desk.folder, 'progress.json');
const text = () => readFileSync(file(), 'utf8');
const files = () => readdirSync(desk.folder).filter((name) => name !== '.gitignore');
const beside = (kind: string) => files().filter((name) => name.includes(`.${kind}-`));

beforeEach(async () => {
  desk = await makeDesk();
});

afterEach(() => desk.remove());

it('the repository has a fresh one', async () => {
  // As committed: who ran a kata in the clone first, as the README says, has another by now.
  const { stdout } = await execa('git', ['show', 'HEAD:progress.json'], { cwd: repository });
  expect(JSON.parse(stdout)).toEqual({
    schema: 1,
    startedOn: null,
    locale: null,
    items: {},
    katas: {},
  });
});

describe('twenty plan check at the same moment', () => {
  const check20 = async (): Promise<void> => {
    const outcomes = await Promise.all(theoryIds.map((id) => desk.plan('check', id)));
    expect(outcomes.map(({ exitCode, stderr }) => `${exitCode}${stderr}`)).toEqual(
      theoryIds.map(() => '0'),
    );
    expect(isFullyDone(text(), theoryIds)).toBe(true);
    expect(files()).toEqual(['progress.json']);
  };

  it('lose nothing', async () => {
    expect(theoryIds).toHaveLength(20);
    await desk.plan('init');
    await check20();
  });

  it('lose nothing where a killed one left its lock', async () => {
    await desk.plan('init');
    const lock = `${file()}.lock`;
    mkdirSync(lock);
    const anHourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(lock, anHourAgo, anHourAgo);
    await check20();
  });
});

describe('a plan check that is killed between the temporary file and the rename', () => {
  it('leaves the old file whole, and the next one clears up after it', async () => {
    await desk.plan('init');
    await desk.plan('check', 'm1.b1.theory-1');
    const before = text();
    const killed = await injecting('rename', 'SIGKILL', desk, 'check', 'm1.b1.theory-2');
    expect(killed.signal).toBe('SIGKILL');
    expect(text()).toBe(before);
    const left = files().filter((name) => name !== 'progress.json');
    expect(left).toHaveLength(2);
    expect(left).toContain('progress.json.lock');
    const whole = await desk.plan('check', 'm1.b2.theory-1');
    expect(whole.exitCode).toBe(0);
    expect(isFullyDone(text(), ['m1.b1.theory-1', 'm1.b2.theory-1'])).toBe(true);
    expect(files()).toEqual(['progress.json']);
  });
});

describe('a progress.json that cannot be understood', () => {
  const contents = '{\n  "schema": 1,\n  "items": {"m1.b1.theory-1": \n';

  it.each(['checklist', 'next', 'report', 'report --format md'])(
    'is only told of by plan %s',
    async (words) => {
      await writeFile(file(), contents);
      const { exitCode, stdout, stderr } = await desk.plan(...words.split(' '));
      expect(exitCode).toBe(4);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/progress\.json cannot be understood.*cut off[^]*plan init/);
      expect(text()).toBe(contents);
      expect(files()).toEqual(['progress.json']);
    },
  );

  it('is kept aside by plan check, which says where and how to go on; plan init goes on', async () => {
    await writeFile(file(), contents);
    const { exitCode, stderr } = await desk.plan('check', 'm1.b1.theory-1');
    expect(exitCode).toBe(4);
    const [kept = 'none'] = beside('broken');
    expect(stderr).toContain(kept);
    expect(stderr).toContain('plan init');
    expect(readFileSync(path.join(desk.folder, kept), 'utf8')).toBe(contents);
    expect(text()).toBe(contents);
    const again = await desk.plan('init', '--start', '2026-01-05');
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toContain('progress.json.broken-');
    expect(JSON.parse(text())).toMatchObject({ startedOn: '2026-01-05' });
    for (const name of beside('broken'))
      expect(readFileSync(path.join(desk.folder, name), 'utf8')).toBe(contents);
    expect((await desk.plan('check', 'm1.b1.theory-1')).exitCode).toBe(0);
  });

  it('is not in the way for long where it is a folder', async () => {
    await mkdir(path.join(file(), 'inside'), { recursive: true });
    const told = await desk.plan('check', 'm1.b1.theory-1');
    expect(told).toMatchObject({ exitCode: 4 });
    expect(told.stderr).toMatch(/folder.*broken-[^]*plan init/);
    const [kept = 'none'] = beside('broken');
    expect(existsSync(path.join(desk.folder, kept, 'inside'))).toBe(true);
    expect((await desk.plan('init')).exitCode).toBe(0);
  });

  it('is told as data to those who ask for it', async () => {
    await writeFile(file(), contents);
    const { exitCode, data } = await desk.json('check', 'm1.b1.theory-1');
    expect(exitCode).toBe(4);
    expect(data).toMatchObject({ error: { code: 'progress-unreadable' } });
  });

  it('is left alone where only permission is missing, and chmod is named', async () => {
    await desk.plan('init');
    const before = text();
    await chmod(file(), 0o000);
    const { exitCode, stderr } = await asOrdinaryUser(desk, 'check', 'm1.b1.theory-1');
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/permission|may not read/);
    expect(stderr).toContain('chmod');
    expect((await asOrdinaryUser(desk, 'init')).stderr).toContain('chmod');
    await chmod(file(), 0o600);
    expect(text()).toBe(before);
  });
});

describe('other versions', () => {
  it('a newer one is refused by reading and by writing, and not touched', async () => {
    const newer = '{"schema":7,"items":[["m1"]]}';
    await writeFile(file(), newer);
    for (const words of [['check', 'm1.b1.theory-1'], ['report'], ['init', '--locale', 'es']]) {
      const { exitCode, stderr } = await desk.plan(...words);
      expect(exitCode).toBe(4);
      expect(stderr).toMatch(/7/);
    }
    expect(text()).toBe(newer);
    expect(files()).toEqual(['progress.json']);
  });

  it('an older one is migrated with a backup, and keeps what it does not know', async () => {
    const older = '{"schema":0,"items":["m1.b1.theory-1","m9.x"],"mine":{"deep":[1]}}';
    await writeFile(file(), older);
    const { exitCode, stderr } = await desk.plan('check', 'kata-4');
    expect(exitCode).toBe(0);
    const [backup = 'none'] = beside('backup');
    expect(stderr).toContain(backup);
    expect(readFileSync(path.join(desk.folder, backup), 'utf8')).toBe(older);
    expect(JSON.parse(text())).toMatchObject({ schema: 1, mine: { deep: [1] } });
    expect(isFullyDone(text(), ['m1.b1.theory-1', 'm9.x', 'm2.b1.kata-4'])).toBe(true);
  });
});

describe('where it cannot be written', () => {
  it.each(['size=64k', 'nr_inodes=12'])(
    'a full disk (tmpfs, %s) leaves the old file',
    async (limit) => {
      await expectFullDisk(limit);
    },
  );

  it('a disk that fills up while it is written leaves the old file', async () => {
    await desk.plan('init');
    const before = text();
    for (const call of ['mkdir', 'sync', 'rename'] as const) {
      const { exitCode, stderr } = await injecting(call, 'ENOSPC', desk, 'check', 'kata-4');
      expect(exitCode).toBe(4);
      expect(stderr).toMatch(/disk is full/);
      expect(text()).toBe(before);
      expect(files()).toEqual(['progress.json']);
    }
  });

  it('a read-only folder leaves the old file and says what to do', async () => {
    await desk.plan('init');
    const before = text();
    await chmod(desk.folder, 0o555);
    const { exitCode, stderr } = await asOrdinaryUser(desk, 'check', 'm1.b1.theory-1');
    await chmod(desk.folder, 0o755);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('chmod u+w');
    expect(text()).toBe(before);
    expect(files()).toEqual(['progress.json']);
  });

  it('a write-protected file stays as it is', async () => {
    await desk.plan('init');
    const before = text();
    await chmod(file(), 0o444);
    const { exitCode, stderr } = await asOrdinaryUser(desk, 'check', 'm1.b1.theory-1');
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`chmod u+w ${file()}`);
    expect(text()).toBe(before);
    expect(files()).toEqual(['progress.json']);
  });

  it('a link is written through', async () => {
    await mkdir(path.join(desk.folder, 'synced'));
    await symlink('synced/mine.json', file());
    expect((await desk.plan('init')).exitCode).toBe(0);
    expect((await desk.plan('check', 'kata-4')).exitCode).toBe(0);
    const target = readFileSync(path.join(desk.folder, 'synced', 'mine.json'), 'utf8');
    expect(isFullyDone(target, ['m2.b1.kata-4'])).toBe(true);
    expect(readdirSync(path.join(desk.folder, 'synced'))).toEqual(['mine.json']);
  });
});

/**
 * A really full disk, in a mount namespace of its own that ends with its shell. Where the machine
 * lets nobody make one, the same is asked of a file system that says ENOSPC.
 */
async function expectFullDisk(limit: string): Promise<void> {
  const aside = await mkdtemp(path.join(os.tmpdir(), 'plan-full-'));
  const script = `
    mount -t tmpfs -o ${limit} none "$1" 2>/dev/null || exit 99
    cd "$1"
    "$2" init > /dev/null || exit 98
    cp progress.json "$3/before"
    { head -c 200000 /dev/zero > filler; for i in $(seq 20); do touch "f$i"; done; } 2>/dev/null
    "$2" check m1.b1.theory-1
    echo "exit $?"
    cmp progress.json "$3/before" && echo whole
    ls -A | grep -v '^f'`;
  const words = ['-rm', 'sh', '-c', script, 'sh', desk.folder, planBinary, aside];
  const full = await execa('unshare', words, { env: desk.env, reject: false });
  await rm(aside, { recursive: true });
  const isImpossible =
    full.exitCode === undefined || full.exitCode === 99 || full.stderr.startsWith('unshare');
  if (isImpossible) {
    await desk.plan('init');
    const told = await injecting('sync', 'ENOSPC', desk, 'check', 'm1.b1.theory-1');
    expect(told).toMatchObject({
      exitCode: 4,
      stderr: expect.stringMatching(/disk is full/) as string,
    });
    return;
  }
  expect(full.stderr).toMatch(/disk is full/);
  expect(full.stdout.split('\n')).toEqual(['exit 4', 'whole', '.gitignore', 'progress.json']);
}
