import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { withRedis } from '../src/services/redis/connection.js';
import { freshRedisDatabase } from '../src/services/redis/fresh.js';
import { startDockerRedis } from '../src/services/redis/docker.js';
import { makeDesk } from './support/cli.js';
import { ownRabbitMq } from './support/debian-image.js';
import { startEngine, type TestEngine } from './support/docker.js';
import { registered } from './support/processes.js';
import { describeWith } from './support/requires.js';

describeWith('docker', 'Redis from a Docker engine', () => {
  let engine: TestEngine;
  let state: string;

  beforeAll(async () => {
    engine = await startEngine();
    state = await mkdtemp(path.join(os.tmpdir(), 'plan-docker-state-'));
    process.env['DOCKER_HOST'] = engine.host;
    process.env['XDG_STATE_HOME'] = state;
    process.env['PLAN_REDIS_IMAGE'] = engine.redisImage;
  }, 900_000);

  afterAll(async () => {
    await engine.stop();
    await rm(state, { recursive: true });
  }, 60_000);

  afterEach(async () => {
    expect(await engine.containers()).toEqual([]);
    expect(registered(state)).toEqual([]);
  });

  it('is Redis 8 on 127.0.0.1 alone, and comes back with what it has confirmed', async () => {
    const signal = new AbortController().signal;
    const server = await startDockerRedis({ signal, onProgress: () => undefined });
    try {
      expect(server.record).toMatchObject({ name: 'redis', provider: 'docker', kept: false });
      expect(server.record.version).toMatch(ownRabbitMq() >= 4 ? /^7\./ : /^8\./);
      const durable = { appendonly: 'yes', appendfsync: 'always' };
      expect(server.record.settings).toMatchObject(durable);
      const { port, password } = new URL(server.url);
      const { stdout } = await execa('ss', ['-Hltn', `sport = :${port}`]);
      expect(stdout.match(/\S+:\d+(?=\s)/g)).toEqual([`127.0.0.1:${port}`]);
      expect((await execa('ps', ['-eo', 'args'])).stdout).not.toContain(password);

      const fresh = await freshRedisDatabase(server, 'x');
      await withRedis(fresh.url, (redis) => redis.xAdd('jobs', '*', { id: 'a' }));
      await server.control.kill();
      await server.control.start();
      await server.control.stop();
      await server.control.start();
      expect(await withRedis(fresh.url, (redis) => redis.xLen('jobs'))).toBe(1);
      await fresh.drop();
      expect(await Promise.race([server.died, Promise.resolve('alive')])).toBe('alive');
      const [name = ''] = await engine.containers();
      await engine.ask('POST', `/containers/${name}/kill`);
      expect((await server.died).message).toContain('Redis stopped by itself with exit code 137');
    } finally {
      await server.stop();
    }
  }, 240_000);

  it('is kept between runs, until plan services down', async () => {
    const desk = await makeDesk({
      DOCKER_HOST: engine.host,
      PLAN_REDIS_IMAGE: engine.redisImage,
    });
    const up = await desk.plan('services', 'up', 'redis', '--services', 'docker');
    expect(up.exitCode, up.stderr).toBe(0);
    expect(await engine.containers()).toHaveLength(1);
    const { data } = await desk.json('services', 'status');
    expect(data).toMatchObject({ redis: { provider: 'docker', kept: true }, rabbitmq: null });
    expect((await desk.plan('services', 'down')).exitCode).toBe(0);
    await desk.remove();
  }, 120_000);
});
