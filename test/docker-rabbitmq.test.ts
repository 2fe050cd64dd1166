import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { connectBroker } from '../src/services/rabbitmq/connection.js';
import { startDockerBroker } from '../src/services/rabbitmq/docker.js';
import type { RunningRabbitMq } from '../src/services/rabbitmq/types.js';
import { freshVhost } from '../src/services/rabbitmq/fresh.js';
import { makeDesk, runJson } from './support/cli.js';
import { startEngine, type TestEngine } from './support/docker.js';
import { registered, until } from './support/processes.js';
import { describeWith } from './support/requires.js';

describeWith('docker', 'RabbitMQ from a Docker engine', () => {
  let engine: TestEngine;
  let state: string;

  beforeAll(async () => {
    engine = await startEngine();
    state = await mkdtemp(path.join(os.tmpdir(), 'plan-docker-state-'));
    process.env['DOCKER_HOST'] = engine.host;
    process.env['XDG_STATE_HOME'] = state;
    process.env['PLAN_RABBITMQ_IMAGE'] = engine.brokerImage;
  }, 900_000);

  afterAll(async () => {
    await engine.stop();
    await rm(state, { recursive: true });
  }, 60_000);

  afterEach(async () => {
    expect(await engine.containers()).toEqual([]);
    expect(registered(state)).toEqual([]);
  });

  const start = (): Promise<RunningRabbitMq> =>
    startDockerBroker({
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });

  it('is RabbitMQ 4 on 127.0.0.1 alone, and comes back with what it has confirmed', async () => {
    const broker = await start();
    try {
      expect(broker.record).toMatchObject({ name: 'rabbitmq', provider: 'docker', kept: false });
      expect(broker.record.version).toMatch(/^4\./);
      const { port } = new URL(broker.url);
      const { stdout } = await execa('ss', ['-Hltn', `sport = :${port}`]);
      expect(stdout.match(/\S+:\d+(?=\s)/g)).toEqual([`127.0.0.1:${port}`]);
      const fresh = await freshVhost(broker, 'x');
      const connection = await connectBroker(fresh.url);
      const channel = await connection.createConfirmChannel();
      await channel.assertQueue('jobs', {
        durable: true,
        arguments: { 'x-queue-type': 'quorum' },
      });
      channel.sendToQueue('jobs', Buffer.from('a'), { persistent: true });
      await channel.waitForConfirms();
      const closed = new Promise((resolve) => connection.once('close', resolve));
      expect(await broker.admin.cutConnections(fresh.name)).toBe(1);
      expect(await closed).toMatchObject({ code: 320 });

      await broker.control.kill();
      await broker.control.start();
      await broker.control.stop();
      await broker.control.start();

      const again = await connectBroker(fresh.url);
      const reading = await again.createChannel();
      await until('the message', async () => {
        const message = await reading.get('jobs', { noAck: true });
        return message !== false && message.content.toString() === 'a';
      });
      await again.close();
      await fresh.drop();
      expect(await Promise.race([broker.died, Promise.resolve('alive')])).toBe('alive');
      const [name = ''] = await engine.containers();
      await engine.ask('POST', `/containers/${name}/kill`);
      expect((await broker.died).message).toContain(
        'RabbitMQ stopped by itself with exit code 137',
      );
    } finally {
      await broker.stop();
    }
  }, 240_000);

  /** Of each kata what its broker decides: who counts, who waits, what was lost, what came again. */
  it.each([
    ['kata-6', ['--strategy', 'dedup-table', '--messages', '100'], 0, 'holds'],
    ['kata-7', ['--strategy', 'exponential', '--messages', '40'], 0, 'holds'],
    ['kata-8', ['--strategy', 'quorum-delivery-limit', '--messages', '20'], 0, 'holds'],
    ['kata-8', ['--strategy', 'drop', '--messages', '20'], 0, 'violated'],
    ['kata-10', ['--strategy', 'outbox', '--orders', '40'], 0, 'holds'],
  ])(
    '%s comes out there as it should: %j',
    async (kata, words, exit, verdict) => {
      const desk = await makeDesk({
        DOCKER_HOST: engine.host,
        PLAN_RABBITMQ_IMAGE: engine.brokerImage,
        PLAN_POSTGRES_IMAGE: engine.image,
      });
      await desk.plan('init');
      const { exitCode, record } = await runJson(desk, kata, ...words, '--services', 'docker');
      const broken = record.cases[0]?.findings.filter(({ holds }) => !holds);
      expect(record.cases[0]?.verdict, JSON.stringify(broken)).toBe(verdict);
      expect(exitCode).toBe(exit);
      await desk.remove();
    },
    240_000,
  );

  it('is kept between runs, until plan services down', async () => {
    const desk = await makeDesk({
      DOCKER_HOST: engine.host,
      PLAN_RABBITMQ_IMAGE: engine.brokerImage,
    });
    const up = await desk.plan('services', 'up', 'rabbitmq', '--services', 'docker');
    expect(up.exitCode, up.stderr).toBe(0);
    expect(await engine.containers()).toHaveLength(1);
    const { data } = await desk.json('services', 'status');
    expect(data).toMatchObject({ rabbitmq: { provider: 'docker', kept: true }, postgres: null });
    expect((await desk.plan('services', 'down')).exitCode).toBe(0);
    await desk.remove();
  }, 120_000);
});
