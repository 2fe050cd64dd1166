import { execa } from 'execa';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { until } from '../../../test/support/processes.js';
import { useRealServices } from '../../../test/support/real-services.js';
import { describeWith } from '../../../test/support/requires.js';
import { exitCodes } from '../../base/errors.js';
import { lifeOf, type ProcessIdentity } from '../../register/identity.js';
import { registerFolder } from '../../register/register.js';
import { serviceHome } from '../private/home.js';
import { freePort } from '../private/port.js';
import { redisUser } from './user.js';
import { claimDatabase, claimKey, releaseDatabase } from './claims.js';
import { withRedis } from './connection.js';
import { describe as describeProgram } from './program.js';
import { freshRedisDatabase } from './fresh.js';
import { findLocalRedis } from './local.js';
import { shareServices } from '../share.js';
import { startServices } from '../start.js';
import type { RunningRedis } from './types.js';

/** On real servers of the Redis of this machine. */
const { options, started } = useRealServices<RunningRedis>('redis', () =>
  path.join(
    serviceHome('redis', redisUser(), () => undefined),
    'instances',
  ),
);

async function start(force: 'local' | 'url', env = {}): Promise<RunningRedis> {
  const { redis } = await startServices(['redis'], { ...options, force, env });
  if (redis === undefined) throw new Error('no Redis');
  started.push(redis);
  return redis;
}

function processOf({ handle }: RunningRedis): ProcessIdentity {
  if (handle?.kind !== 'process') throw new Error('not a process');
  return handle.process;
}

const append = (url: string, ...texts: string[]): Promise<unknown> =>
  withRedis(url, (redis) =>
    Promise.all(texts.map((text) => redis.xAdd('jobs', '*', { id: text }))),
  );
const length = (url: string): Promise<number> => withRedis(url, (redis) => redis.xLen('jobs'));

const no = (): boolean => false;

/** What `claimDatabase` is told before each number. */
const nothing = () => Promise.resolve({ forget: () => Promise.resolve() });

describeWith('redis', 'a private Redis', () => {
  it('keeps cases apart, and what it has confirmed through kill and stop', async () => {
    const server = await start('local');
    expect(server.record).toMatchObject({ name: 'redis', provider: 'local', kept: false });
    expect(server.record.settings).toMatchObject({ appendonly: 'yes', appendfsync: 'always' });
    expect(server.record.url).toMatch(/^redis:\/\/:\*\*\*@127\.0\.0\.1:\d+$/);
    const handle = server.handle?.kind === 'process' ? server.handle : undefined;
    expect(statSync(path.join(handle?.folder ?? '', 'redis.conf')).mode & 0o777).toBe(0o400);
    const one = await freshRedisDatabase(server, 'one');
    const other = await freshRedisDatabase(server, 'other');
    expect([one, other].map(({ url }) => new URL(url).pathname)).toEqual(['/1', '/2']);
    await expect(append(one.url, 'x'.repeat(16 * 2 ** 20 + 1))).rejects.toThrow();
    await append(one.url, 'a', 'b');
    await append(other.url, 'c');

    const first = processOf(server);
    await server.control.kill();
    expect(lifeOf(first)).toBe('gone');
    await expect(length(one.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await server.control.start();
    expect(await length(one.url)).toBe(2);
    await server.control.stop();
    await server.control.start();
    await server.control.start();
    expect(await length(one.url)).toBe(2);
    expect(await Promise.race([server.died, Promise.resolve('alive')])).toBe('alive');

    await one.drop();
    await one.drop();
    expect(await length(one.url)).toBe(0);
    expect(await length(other.url)).toBe(1);
    const wrong = new URL(server.url);
    wrong.password = 'guess';
    await expect(length(wrong.href)).rejects.toThrow(/WRONGPASS/);
  }, 60_000);

  it('gives each of many who ask at once another database, and says when none is left', async () => {
    const { url } = await start('local');
    await withRedis(`${url}/7`, (redis) => redis.set('precious', 'yes'));
    const names = Array.from({ length: 62 }, (_, n) => `plan_${n}`);
    const claimed = await Promise.all(names.map((by) => claimDatabase(url, by, nothing)));
    expect(new Set(claimed).size).toBe(62);
    expect(claimed).not.toContain(0);
    expect(claimed).not.toContain(7);
    await expect(claimDatabase(url, 'plan_late', nothing)).rejects.toMatchObject({
      code: 'no-redis-database',
      exit: exitCodes.environment,
    });

    const [index = 0, by = ''] = [claimed[0], names[0]];
    await releaseDatabase(url, { index, by: 'plan_somebody_else' });
    expect(await withRedis(`${url}/${index}`, (redis) => redis.get(claimKey))).toBe(by);
    await releaseDatabase(url, { index, by });
    expect(await claimDatabase(url, 'plan_late', nothing)).toBe(index);
    expect(await withRedis(`${url}/7`, (redis) => redis.get('precious'))).toBe('yes');
  }, 60_000);

  it('shared by many runs is started once, and again where it ended', async () => {
    const shared = shareServices(options.signal);
    const begin = () => shared.start(['redis'], { ...options, force: 'local', env: {} });
    const [one, other] = await Promise.all([begin(), begin()]);
    expect(other.redis).toBe(one.redis);
    expect(one.all).toHaveLength(1);
    await one.stopAll();
    const first = one.redis === undefined ? undefined : processOf(one.redis);
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await one.redis?.died;
    const next = await begin();
    expect(next.redis && lifeOf(processOf(next.redis))).toBe('alive');
    await shared.stop();
    expect(next.redis && lifeOf(processOf(next.redis))).toBe('gone');
  }, 60_000);

  it('tells of its death, with the end of its log', async () => {
    const server = await start('local');
    const fresh = await freshRedisDatabase(server, 'x');
    process.kill(processOf(server).pid, 'SIGKILL');
    const error = await server.died;
    expect(error).toMatchObject({ code: 'redis-died', exit: exitCodes.environment });
    expect(error.message).toContain('Ready to accept connections');
    await fresh.drop();
  }, 60_000);

  it('is not started, or is ended, where the signal aborts', async () => {
    const reason = new Error('Ctrl-C');
    for (const wait of [0, 10, 40, 100]) {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(reason), wait);
      const outcome = await startServices(['redis'], {
        ...{ ...options, force: 'local', env: {} },
        signal: controller.signal,
      }).catch((error: unknown) => error);
      clearTimeout(timer);
      // It may have been quicker.
      if (outcome !== reason)
        await (outcome as Awaited<ReturnType<typeof startServices>>).stopAll();
      expect(readdirSync(registerFolder())).toEqual([]);
    }
  }, 60_000);

  it('of others is used in databases that were empty, and neither killed nor stopped', async () => {
    const theirs = await start('local');
    const ours = await start('url', { REDIS_URL: `${theirs.url}/3` });
    expect(ours.record).toMatchObject({ provider: 'url', kept: false });
    expect(ours.record.url).not.toContain(new URL(theirs.url).password);
    await withRedis(`${theirs.url}/1`, (redis) => redis.set('precious', 'yes'));
    const fresh = await freshRedisDatabase(ours, 'x');
    expect(new URL(fresh.url).pathname).toBe('/2');
    expect(readdirSync(registerFolder()).filter((name) => name.includes('urlplace-'))).toHaveLength(
      1,
    );
    await append(fresh.url, 'a');
    await expect(ours.control.kill()).rejects.toMatchObject({ code: 'broker-not-ours' });
    await fresh.drop();
    const left = await withRedis(theirs.url, (redis) => redis.info('keyspace'));
    expect(left.match(/^db\d+/gm)).toEqual(['db1']);
  }, 60_000);

  it('with number 0 alone has no place for a case', async () => {
    const port = await freePort();
    const words = ['--port', `${port}`, '--databases', '1', '--save', '', '--dir', os.tmpdir()];
    const [{ program } = { program: '' }] = await findLocalRedis();
    const theirs = execa(program, words, { reject: false });
    const url = `redis://127.0.0.1:${port}`;
    await until('it answers', () => withRedis(url, (redis) => redis.ping()).then(Boolean, no));
    const ours = await start('url', { REDIS_URL: url });
    await expect(freshRedisDatabase(ours, 'x')).rejects.toMatchObject({
      code: 'no-redis-database',
      mend: expect.stringContaining('--services local') as string,
    });
    theirs.kill('SIGKILL');
    await theirs;
  }, 60_000);

  it('that is too old is not taken', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'plan-old-redis-'));
    const program = path.join(folder, 'redis-server');
    writeFileSync(program, '#!/bin/sh\necho "Redis server v=6.2.6 sha=0:0 bits=64"\n');
    chmodSync(program, 0o755);
    expect(await describeProgram(program)).toMatchObject({ version: '6.2.6' });
    expect((await findLocalRedis({ PATH: folder })).map((one) => one.program)).not.toContain(
      program,
    );
    rmSync(folder, { recursive: true });
  });

  it('that cannot be used is named, without its password', async () => {
    const wrong = ['redis://:secret@127.0.0.1:1', 'http://anna:secret@localhost', 'secret'];
    for (const REDIS_URL of wrong) {
      const outcome = startServices(['redis'], { ...options, force: 'url', env: { REDIS_URL } });
      await expect(outcome).rejects.toMatchObject({ code: 'redis-url-failed', exit: 4 });
      await expect(outcome).rejects.not.toThrow(/secret@/);
    }
    const missing = startServices(['redis'], { ...options, force: 'url', env: {} });
    await expect(missing).rejects.toMatchObject({ code: 'no-redis-url' });
  });
});
