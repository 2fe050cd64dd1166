import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { entryName } from '../src/register/entries.js';
import { thisPlace } from '../src/register/identity.js';
import type { RunRecord } from '../src/kata/run-record.js';
import { serverOf, type Kept } from '../src/register/kept.js';
import { claimKey } from '../src/services/redis/claims.js';
import { withRedis } from '../src/services/redis/connection.js';
import { makeDesk, type Desk } from './support/cli.js';
import { isAlive, registered, until } from './support/processes.js';
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

const state = (): string => desk.env['XDG_STATE_HOME'] ?? '';

/** With the password, which no command prints unasked. */
function keptRedis(): Kept {
  const file = path.join(state(), 'plan', 'kept', 'redis.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Kept;
}

interface Status {
  provider: string;
  url: string;
  pid: number;
  folder: string;
}

/** The distribution's packages are fetched once into the cache that all the tests share. */
describeWith('apt', 'RabbitMQ from the distribution', () => {
  it('is kept until down, is cleaned up after a kill, and leaves nothing', async () => {
    const up = async (): Promise<Status> => {
      const words = ['services', 'up', 'rabbitmq', '--services', 'embedded'];
      const { data, exitCode, stderr } = await desk.json(...words);
      expect(exitCode, stderr).toBe(0);
      return (data as { rabbitmq: Status }).rabbitmq;
    };
    const first = await up();
    expect(first.provider).toBe('embedded');
    expect(first.url).toContain('amqp://plan:***@127.0.0.1:');
    process.kill(first.pid, 'SIGKILL');
    await until('its end', () => !isAlive(first.pid));
    const { stdout, stderr } = await desk.plan('services', 'status', 'rabbitmq');
    expect(stderr).toContain('The RabbitMQ that was kept running had ended');
    expect(stdout).toContain('No service is kept running');
    expect(existsSync(first.folder)).toBe(false);
    const second = await up();
    expect((await desk.plan('services', 'down')).stdout).toContain('RabbitMQ is down');
    expect(isAlive(second.pid)).toBe(false);
    expect(existsSync(second.folder)).toBe(false);
  });
});

describeWith('apt', 'Redis from the distribution', () => {
  it('is kept until down, also where it was killed, and its databases are given back', async () => {
    const up = await desk.json('services', 'up', 'redis', '--services', 'embedded');
    expect(up.exitCode, up.stderr).toBe(0);
    const { redis: first } = up.data as { redis: Status };
    expect(first.provider).toBe('embedded');
    expect(first.url).toContain('redis://:***@127.0.0.1:');
    const { url } = keptRedis();
    const told = await desk.plan('services', 'status', 'redis');
    expect(told.stdout).toContain('plan services status --reveal');
    expect(told.stdout).not.toContain(url);
    const inside = await desk.plan('services', 'status', 'redis', '--reveal', '--locale', 'es');
    expect(inside.stdout).toMatch(/mirar dentro +redis-cli -u /);
    expect(inside.stdout).toContain(`redis-cli -u ${url}`);
    const revealed = await desk.json('services', 'status', '--reveal');
    expect(revealed.data).toMatchObject({ redis: { url } });
    expect(await desk.plan('services', 'up', '--reveal')).toMatchObject({ exitCode: 2 });

    await claimAndDie(url, 5);
    const { stderr } = await desk.plan('services', 'status', 'redis');
    expect(stderr).toContain('database 5 of the Redis on 127.0.0.1');
    expect(await withRedis(url, (redis) => redis.info('keyspace'))).not.toContain('db5');

    process.kill(first.pid, 'SIGKILL');
    await until('its end', () => !isAlive(first.pid));
    const down = await desk.plan('services', 'status', 'redis');
    expect(down.stderr).toContain('The Redis that was kept running had ended');
    expect(existsSync(first.folder)).toBe(false);
  });

  it('is one run’s at a time, for its experiment ends it; another gets one of its own', async () => {
    const up = await desk.json('services', 'up', 'redis', '--services', 'embedded');
    const { redis: first } = up.data as { redis: Status };
    const words = ['run', 'kata-8', '--broker', 'redis-streams', '--strategy', 'dlx-header'];
    const one = desk.start(...words, '--messages', '10', '--json');
    const users = path.join(state(), 'plan', 'users');
    await until('its claim', () => existsSync(users) && readdirSync(users).length > 0);
    const beside = desk.start(...words, '--messages', '10', '--json');
    const outcomes = await Promise.all([one.finished, beside.finished]);
    const records = outcomes.map(({ stdout }) => JSON.parse(stdout) as RunRecord);
    expect(records.map(({ outcome }) => outcome)).toEqual(['as-expected', 'as-expected']);
    expect(records.map(({ services }) => services[0]?.kept)).toEqual([true, false]);
    expect(outcomes[1].stderr).toContain(`Another run (process ${one.pid}) has the kept Redis`);
    expect(readdirSync(users)).toEqual([]);
    // It was ended, and started again.
    expect(isAlive(first.pid)).toBe(false);
    expect(keptRedis().url).toContain(new URL(first.url).host);
  });

  /** As a run that was killed in the middle of a case. */
  async function claimAndDie(url: string, index: number): Promise<void> {
    const name = 'plan_killed_1';
    await withRedis(`${url}/${index}`, (redis) => redis.set(claimKey, name));
    const owner = { pid: 4_000_000, start: '1', place: thisPlace() };
    const service = 'kept' as const;
    const resource = {
      kind: 'place' as const,
      of: 'redis',
      name,
      index,
      service,
      server: serverOf(url),
    };
    const entry = { schema: 1 as const, owner, resource };
    const folder = path.join(state(), 'plan', 'running');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, entryName(entry, 'a1')), JSON.stringify(entry));
  }
});
