import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { until } from '../../../test/support/processes.js';
import { entryName, type Resource } from '../../register/entries.js';
import { identify, lifeOf, thisProcess, type ProcessIdentity } from '../../register/identity.js';
import { hasLeftovers } from '../../register/leftovers.js';
import { forgetKept, writeKept, type Kept } from '../../register/kept.js';
import { recoverLeftovers } from './recover.js';
import { markedProcesses } from '../../register/marked.js';
import { register, registerFolder } from '../../register/register.js';

const base = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'plan-running-')));
const children: ChildProcess[] = [];
const said = new Map<ChildProcess, string>();
const sleeper = 'echo; exec sleep 60';
let dead: ProcessIdentity;

beforeAll(async () => {
  process.env['XDG_STATE_HOME'] = base;
  const owner = await start(sleeper);
  dead = identityOf(owner);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
});

beforeEach(() => {
  rmSync(registerFolder(), { recursive: true });
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

afterAll(() => rmSync(base, { recursive: true }));

async function start(script: string, detached = false, nonce = ''): Promise<ChildProcess> {
  const env = { PATH: process.env['PATH'], PLAN_STRATEGY: 'naive', NONCE: nonce };
  // It says when it is as the test wants it.
  const child = spawn('/bin/sh', ['-c', script], { detached, env });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  said.set(child, line.toString());
  return child;
}

function identityOf(child: ChildProcess): ProcessIdentity {
  const found = identify(child.pid ?? 0);
  if (found === undefined) throw new Error('the test program has ended');
  return found;
}

/** Where a server's folder would be. */
function instance(of: string): string {
  return path.join(base, 'plan', 'postgres', 'instances', `4711-${hex(of)}`);
}

function hex(of: string): string {
  return Buffer.from(of).toString('hex').slice(0, 8);
}

let entries = 0;

function leave(resource: Resource, owner = dead): string {
  const entry = { schema: 1, owner, resource } as const;
  entries += 1;
  const file = path.join(registerFolder(), entryName(entry, `test${entries}`));
  writeFileSync(file, JSON.stringify(entry));
  return file;
}

function processOf(child: ChildProcess, group = false): Resource {
  return { kind: 'process', process: identityOf(child), group, stopSignal: 'SIGTERM' };
}

it('ends the process and removes the folder of an owner that is gone', async () => {
  const child = await start(sleeper);
  const ended = once(child, 'exit');
  const folder = instance('instance');
  mkdirSync(path.join(folder, 'data'), { recursive: true, mode: 0o700 });
  leave(processOf(child));
  leave({ kind: 'folder', path: folder });
  expect(hasLeftovers()).toBe(true);

  const { ended: told, kept } = await recoverLeftovers();

  expect((await ended)[1]).toBe('SIGTERM');
  expect(existsSync(folder)).toBe(false);
  expect(told).toEqual([`process ${child.pid ?? 0}`, `folder ${folder}`]);
  expect(kept).toEqual([]);
  expect(readdirSync(registerFolder())).toEqual([]);
  expect(hasLeftovers()).toBe(false);
});

it('kills what does not listen to its stop signal', async () => {
  const child = await start("trap '' INT; echo; while :; do sleep 0.1; done");
  const ended = once(child, 'exit');
  leave({ kind: 'process', process: identityOf(child), group: false, stopSignal: 'SIGINT' });
  await recoverLeftovers();
  expect((await ended)[1]).toBe('SIGKILL');
}, 30_000);

it('ends all of a process group, also where its leader is gone', async () => {
  const leader = await start('sleep 60 & echo $!; wait', true);
  const member = identify(Number(said.get(leader)));
  if (member === undefined) throw new Error('the group has no second process');
  leave(processOf(leader, true));
  leader.kill('SIGKILL');
  await once(leader, 'exit');
  expect(lifeOf(member)).toBe('alive');

  await recoverLeftovers();

  // On a busy machine it takes a while until init has buried it.
  await expect.poll(() => lifeOf(member), { timeout: 15_000 }).toBe('gone');
});

it('ends by its nonce what has left the group, and nothing else', async () => {
  const nonce = 'ab'.repeat(16);
  const leader = await start(
    'PLAN_RUN=$NONCE setsid sleep 60 & setsid sleep 61 & echo $!; wait',
    true,
    nonce,
  );
  const other = identify(Number(said.get(leader)));
  if (other === undefined) throw new Error('the stranger has ended');
  const resource = processOf(leader, true);
  leave({ ...resource, nonce } as Resource);
  leader.kill('SIGKILL');
  await once(leader, 'exit');
  const since = '0';
  // A mark is in the environment of a process from its exec on, which may come a moment later.
  await until(
    'the one with the mark runs alone',
    () => markedProcesses({ nonce, since }).length === 1,
  );

  await recoverLeftovers();

  expect(markedProcesses({ nonce, since })).toEqual([]);
  expect(lifeOf(other)).toBe('alive');
  process.kill(other.pid, 'SIGKILL');
}, 30_000);

it('touches nothing of an owner that lives, nor a process that has taken over a pid', async () => {
  const mine = await start(sleeper);
  const stranger = await start(sleeper);
  const release = await register({ kind: 'process', pid: mine.pid ?? 0 });
  expect(hasLeftovers()).toBe(false);
  const former = { ...identityOf(stranger), start: '1' };
  leave({ kind: 'process', process: former, group: true, stopSignal: 'SIGKILL' });

  await recoverLeftovers();

  expect(lifeOf(identityOf(mine))).toBe('alive');
  expect(lifeOf(identityOf(stranger))).toBe('alive');
  expect(readdirSync(registerFolder())).toHaveLength(1);
  await release();
  await release();
  expect(readdirSync(registerFolder())).toEqual([]);
});

it('leaves the entries of another container alone, and ends those from before a reboot', async () => {
  const [boot = ''] = dead.place.split('-');
  const container = { ...thisProcess(), place: `${boot}-1` };
  const earlier = { ...thisProcess(), place: `00000000-1` };
  const folder = instance('elsewhere');
  mkdirSync(folder, { recursive: true });
  const elsewhere = leave({ kind: 'folder', path: folder }, container);
  expect(hasLeftovers()).toBe(false);
  await recoverLeftovers();
  expect(existsSync(folder)).toBe(true);
  rmSync(elsewhere);

  leave({ kind: 'folder', path: folder }, earlier);
  expect(hasLeftovers()).toBe(true);
  await recoverLeftovers();
  expect(existsSync(folder)).toBe(false);
});

it('keeps and tells an entry that cannot be read, once', async () => {
  const file = leave({ kind: 'folder', path: '/plan' });
  writeFileSync(file, '{"schema": 1, "own');
  writeFileSync(path.join(registerFolder(), 'notes.txt'), '');
  const { ended, kept } = await recoverLeftovers();
  expect(ended).toEqual([]);
  expect(kept).toHaveLength(1);
  expect(existsSync(`${file}.unreadable`)).toBe(true);
  expect(hasLeftovers()).toBe(false);
  expect(await recoverLeftovers()).toEqual({ ended: [], kept: [] });
});

it('removes no folder but what plan makes and removes whole, and nothing through a link', async () => {
  const others = mkdtempSync(path.join(os.tmpdir(), 'other-'));
  const through = instance('through');
  const foreign = path.join(others, 'postgres', 'instances');
  mkdirSync(path.join(foreign, path.basename(through)), { recursive: true });
  symlinkSync(path.join(others, 'postgres'), path.join(base, 'postgres'));
  const cache = path.join(base, 'plan');
  mkdirSync(path.join(cache, 'postgres', 'instances', 'mine'), { recursive: true });
  const kept = [
    others,
    cache,
    path.join(cache, 'postgres', 'instances'),
    path.join(cache, 'postgres', 'instances', 'mine'),
    `${cache}/postgres/instances/../../../../${path.basename(others)}`,
    path.join(base, 'postgres', 'instances', path.basename(through)),
  ];
  for (const folder of kept) leave({ kind: 'folder', path: folder });
  const { ended, kept: told } = await recoverLeftovers();
  expect(ended).toEqual([]);
  expect(told).toHaveLength(kept.length);
  for (const folder of kept) expect(existsSync(folder), folder).toBe(true);
  rmSync(others, { recursive: true });
});

it('removes a container through the engine', async () => {
  const asked: string[] = [];
  const engine = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(204).end();
  });
  engine.listen(0, '127.0.0.1');
  await once(engine, 'listening');
  const { port } = engine.address() as { port: number };
  leave({ kind: 'container', id: 'plan-postgres-1', engine: `tcp://127.0.0.1:${port}` });
  await recoverLeftovers();
  engine.close();
  expect(asked).toEqual(['DELETE /containers/plan-postgres-1?force=true&v=true']);
});

it('waits with a database of DATABASE_URL until that is given', async () => {
  leave({ kind: 'place', of: 'postgres', name: 'plan_x', service: 'url', server: 'db:5432' });
  expect(hasLeftovers()).toBe(false);
  expect(await recoverLeftovers()).toEqual({ ended: [], kept: [] });
  process.env['DATABASE_URL'] = 'postgres://other:5432/';
  try {
    expect(hasLeftovers()).toBe(true);
    const { kept } = await recoverLeftovers();
    expect(kept[0]).toContain('plan_x');
  } finally {
    delete process.env['DATABASE_URL'];
  }
});

it('leaves alone what a killed plan had just written down as kept', async () => {
  const server = await start(sleeper);
  const identity = identityOf(server);
  const folder = instance('kept');
  mkdirSync(folder, { recursive: true });
  const handle = { kind: 'process', process: identity, folder } as const;
  const record = {
    name: 'postgres',
    provider: 'embedded',
    version: '17',
    kept: true,
    settings: {},
  };
  const startedAt = new Date().toISOString();
  await writeKept({ schema: 1, record, url: 'postgresql://x', handle, startedAt } as Kept);
  leave({ kind: 'process', process: identity, group: false, stopSignal: 'SIGINT' });
  leave({ kind: 'folder', path: folder });
  try {
    expect(await recoverLeftovers()).toEqual({ ended: [], kept: [] });
    expect(lifeOf(identity)).toBe('alive');
    expect(existsSync(folder)).toBe(true);
    expect(readdirSync(registerFolder())).toEqual([]);
  } finally {
    await forgetKept('postgres');
  }
});

it('ends what an owner was writing down when it was killed, where the entry is whole', async () => {
  const child = await start(sleeper);
  const ended = once(child, 'exit');
  const whole = leave(processOf(child));
  renameSync(whole, `${whole}.aside`);
  const cut = leave({ kind: 'folder', path: instance('cut') });
  rmSync(cut);
  writeFileSync(`${cut}.aside`, '{"schema":1,"own');
  expect((await recoverLeftovers()).kept).toEqual([]);
  expect((await ended)[1]).toBe('SIGTERM');
  expect(readdirSync(registerFolder())).toEqual([]);
});
