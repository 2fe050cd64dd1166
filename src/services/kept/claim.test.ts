import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { identify } from '../../register/identity.js';
import { claimKept, holderOf } from './claim.js';

const { signal } = new AbortController();
const base = mkdtempSync(path.join(os.tmpdir(), 'plan-claim-'));
const users = path.join(base, 'plan', 'users');
let other: ChildProcess;

beforeAll(async () => {
  process.env['XDG_STATE_HOME'] = base;
  other = spawn('/bin/sh', ['-c', 'echo; exec sleep 60']);
  await once(other.stdout ?? other, 'data');
});

afterAll(() => {
  other.kill('SIGKILL');
  rmSync(base, { recursive: true });
});

it('is this program’s, however often, until the last has released it', async () => {
  const [one, two] = [await claimKept('redis', signal), await claimKept('redis', signal)];
  expect(holderOf('redis')).toBeUndefined();
  expect(readdirSync(users)).toHaveLength(1);
  for (const claim of [one, one, two]) if (claim.holder === undefined) claim.release();
  expect(readdirSync(users)).toEqual([]);
});

it('is another’s while that lives, and nobody’s once it was killed', async () => {
  const found = identify(other.pid ?? 0);
  if (found === undefined) throw new Error('the other program has ended');
  const { pid, start, place } = found;
  mkdirSync(users, { recursive: true });
  writeFileSync(path.join(users, `redis.${pid}.${start}.${place}`), '');
  expect((await claimKept('redis', signal)).holder?.pid).toBe(pid);
  expect(holderOf('rabbitmq')).toBeUndefined();
  other.kill('SIGKILL');
  await once(other, 'exit');
  const claim = await claimKept('redis', signal);
  expect(claim.holder).toBeUndefined();
  if (claim.holder === undefined) claim.release();
  expect(readdirSync(users)).toEqual([]);
});
