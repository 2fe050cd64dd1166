import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { connectBroker } from '../src/services/rabbitmq/connection.js';
import { startDockerBroker } from '../src/services/rabbitmq/docker.js';
import type { RunningRabbitMq } from '../src/services/rabbitmq/types.js';
import { freshVhost } from '../src/services/rabbitmq/fresh.js';
import { makeDesk, runDecided } from './support/cli.js';
import { ownRabbitMq } from './support/debian-image.js';
import { startEngine, type TestEngine } from './support/docker.js';
import { everything } from './support/everything.js';
import { registered, until } from './support/processes.js';
import { describeWith } from './support/requires.js';

type Lesson = readonly [kata: string, words: readonly string[], verdict: string];

/** What differs most between brokers: who counts, who waits, what was lost. */
const few: readonly Lesson[] = [
  ['kata-7', ['--strategy', 'exponential', '--messages', '40'], 'holds'],
  ['kata-8', ['--strategy', 'quorum-delivery-limit', '--messages', '20'], 'holds'],
];
const others: readonly Lesson[] = [
  ['kata-8', ['--strategy', 'drop', '--messages', '20'], 'violated'],
  ['kata-6', ['--strategy', 'dedup-table', '--messages', '100'], 'holds'],
  ['kata-10', ['--strategy', 'outbox', '--orders', '40'], 'holds'],
];
const lessons = everything ? [...few, ...others] : few;

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

  it('is another major version than the machine has, on 127.0.0.1 alone, and comes back with what it has confirmed', async () => {
    const broker = await start();
    try {
      expect(broker.record).toMatchObject({ name: 'rabbitmq', provider: 'docker', kept: false });
      const major = Number.parseInt(broker.record.version, 10);
      expect([3, 4]).toContain(major);
      expect(major).not.toBe(ownRabbitMq());
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

  it('is kept between runs, and katas come out there as they should', async () => {
    const desk = await makeDesk({
      DOCKER_HOST: engine.host,
      PLAN_RABBITMQ_IMAGE: engine.brokerImage,
      PLAN_POSTGRES_IMAGE: engine.image,
    });
    await desk.plan('init');
    const services = ['postgres', 'rabbitmq'];
    const up = await desk.plan('services', 'up', ...services, '--services', 'docker');
    expect(up.exitCode, up.stderr).toBe(0);
    expect(await engine.containers()).toHaveLength(2);
    const { data } = await desk.json('services', 'status');
    expect(data).toMatchObject({ rabbitmq: { provider: 'docker', kept: true } });
    for (const [kata, words, verdict] of lessons) {
      const { record } = await runDecided(desk, kata, ...words);
      const [one] = record.cases;
      expect(one?.verdict, JSON.stringify([kata, words, one?.findings])).toBe(verdict);
      expect(record.services).toContainEqual(
        expect.objectContaining({ name: 'rabbitmq', provider: 'docker', kept: true }),
      );
    }
    expect((await desk.plan('services', 'down')).exitCode).toBe(0);
    await desk.remove();
  }, 400_000);
});
