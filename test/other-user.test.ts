import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { entryName, type Resource } from '../src/register/entries.js';
import { identify, type ProcessIdentity } from '../src/register/identity.js';
import { makeDesk, runJson, type Desk } from './support/cli.js';
import { isAlive } from './support/processes.js';
import { describeWith } from './support/requires.js';

/** nobody: somebody else with a login on this machine, and no rights. */
const other = '65534';

let desk: Desk;
let shared: string;
let children: ChildProcess[] = [];
let server: Server | undefined;

describeWith('root', 'what another user of this machine makes where plan looks', () => {
  beforeEach(async () => {
    desk = await makeDesk();
    shared = path.join(desk.folder, 'shared');
    mkdirSync(shared);
    chmodSync(desk.folder, 0o755);
    chmodSync(shared, 0o1777);
    desk.env['TMPDIR'] = shared;
    children = [];
  });

  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    server?.close();
    server = undefined;
    await desk.remove();
  });

  it('has no process of mine killed by a register of theirs', async () => {
    const mine = await sleeper();
    await plant('running', { kind: 'process', process: mine, group: false, stopSignal: 'SIGKILL' });
    await lookAround();
    expect(isAlive(mine.pid)).toBe(true);
  });

  it('has no folder of mine removed by a register of theirs', async () => {
    const folder = instanceOfMine();
    await plant('running', { kind: 'folder', path: folder });
    await lookAround();
    expect(readdirSync(folder)).toEqual(['mine']);
  });

  it('neither goes to a server of theirs nor ends or removes what their record of it names', async () => {
    const mine = await sleeper();
    const folder = instanceOfMine();
    let visits = 0;
    server = createServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const record = {
      schema: 1,
      record: { name: 'postgres', provider: 'embedded', version: '18.0', url: 'postgres://x' },
      url: `postgres://postgres:x@127.0.0.1:${port}/postgres`,
      handle: { kind: 'process', process: mine, folder },
      startedAt: new Date().toISOString(),
    };
    theyWrite('kept/postgres.json', JSON.stringify(record));
    expect((await desk.json('services', 'status')).data).toMatchObject({ postgres: null });
    const run = await runJson(desk, 'kata-0', '--strategy', 'database', '--orders', '2');
    expect(run.record.services.map(({ url }) => url)).not.toContain(
      expect.stringContaining(String(port)),
    );
    expect(run.record.outcome).toBe('as-expected');
    expect((await desk.plan('services', 'down')).exitCode).toBe(0);
    expect(visits).toBe(0);
    expect(isAlive(mine.pid)).toBe(true);
    expect(existsSync(folder)).toBe(true);
  });

  it('uses neither a state nor a cache folder that they hold, and says so', async () => {
    theyWrite('state/kept', '');
    theyWrite('plan/builds', '');
    const theirs = path.join(shared, 'plan-0');
    desk.env['XDG_STATE_HOME'] = theirs;
    desk.env['XDG_CACHE_HOME'] = theirs;
    const { stderr, exitCode } = await desk.plan(
      'run',
      'kata-0',
      '--strategy',
      'database',
      '--orders',
      '2',
    );
    expect(stderr).toContain(`other users can change ${theirs}`);
    expect(exitCode).toBe(0);
    expect(readdirSync(theirs).sort()).toEqual(['plan', 'state']);
  });
});

async function lookAround(): Promise<void> {
  for (const command of [['list'], ['next'], ['doctor'], ['services', 'status']])
    await desk.plan(...command);
}

/** A process of this user's, as good as any. */
async function sleeper(): Promise<ProcessIdentity> {
  const child = spawn('/bin/sh', ['-c', 'echo; exec sleep 120']);
  children.push(child);
  await once(child.stdout, 'data');
  const found = identify(child.pid ?? 0);
  if (found === undefined) throw new Error('it has ended');
  return found;
}

/** Closed, and looking like an instance of plan's. */
function instanceOfMine(): string {
  const folder = path.join(desk.folder, 'plan', 'postgres', 'instances', '4711-00c0ffee');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  writeFileSync(path.join(folder, 'mine'), '');
  return folder;
}

async function plant(place: string, resource: Resource): Promise<void> {
  const gone = spawnSync('/bin/true').pid;
  const owner = { ...(await sleeper()), pid: gone, start: '1' };
  const entry = { schema: 1, owner, resource } as const;
  theyWrite(`${place}/${entryName(entry, 'planted')}`, JSON.stringify(entry));
}

/** In root's fallback folder, made by the other user. */
function theyWrite(name: string, text: string): void {
  const file = path.join(
    shared,
    'plan-0',
    name.startsWith('running') || name.startsWith('kept') ? 'state' : '',
    name,
  );
  const script = 'umask 022; mkdir -p "$(dirname "$1")" && cat > "$1"';
  const words = [
    '--reuid',
    other,
    '--regid',
    other,
    '--clear-groups',
    '/bin/sh',
    '-c',
    script,
    'sh',
    file,
  ];
  const done = spawnSync('setpriv', words, { input: text, encoding: 'utf8' });
  expect(done.stderr).toBe('');
  expect(readFileSync(file, 'utf8')).toBe(text);
}
