import { connect, type ChannelModel, type ConsumeMessage } from 'amqplib';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { newerBroker } from '../../../../test/support/newer-broker.js';
import { describeWith } from '../../../../test/support/requires.js';
import { History } from '../../../kata/history.js';
import { Recorder } from '../../../history/recorder.js';
import { freshVhost } from '../fresh.js';
import { mostMessageBytes } from '../types.js';
import { startServices, type RunningServices } from '../../index.js';
import { openBroker, type OpenBroker } from './broker.js';

/** One real node for all tests: what they share is only the time that it takes to start. */
describeWith('rabbitmq', 'the broker of an experiment', () => {
  const base = mkdtempSync(path.join(os.tmpdir(), 'plan-lab-broker-'));
  const { signal } = new AbortController();
  const notices: string[] = [];
  let services: RunningServices;
  let recorder: Recorder;
  let broker: OpenBroker;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    // RabbitMQ's user has to reach the cache where the tests run as root.
    chmodSync(base, 0o755);
    vi.stubEnv('XDG_CACHE_HOME', path.join(base, 'cache'));
    vi.stubEnv('XDG_STATE_HOME', path.join(base, 'state'));
    const onProgress = (text: string): void => void notices.push(text);
    const ways = { force: 'local', env: {}, signal, onProgress } as const;
    services = await startServices(['rabbitmq'], ways);
  }, 120_000);
  afterAll(async () => {
    await services.stopAll();
    vi.unstubAllEnvs();
    rmSync(base, { recursive: true });
  }, 60_000);

  beforeEach(async () => {
    const { rabbitmq } = services;
    if (!rabbitmq) throw new Error('no broker');
    recorder = new Recorder(0);
    const { url, name, ...vhost } = await freshVhost(rabbitmq, 'test');
    drop = () => vhost.drop();
    const cutConnections = (): Promise<number> => rabbitmq.admin.cutConnections(name);
    broker = openBroker({ url, control: rabbitmq.control, cutConnections, recorder, signal });
    await broker.declareQueue('jobs');
  });
  afterEach(async () => {
    await broker.close();
    await drop();
  });

  const history = (): History => new History(recorder.events);
  const messages = (...ids: string[]) => ids.map((id) => ({ id, body: { id } }));
  const noted = <T>(f: string): T[] =>
    history()
      .notes<T>(f)
      .map(({ value }) => value);

  /** A program that takes what comes and settles nothing by itself. */
  async function consumer(url: string, queue = 'jobs') {
    const taken: ConsumeMessage[] = [];
    const connection: ChannelModel = await connect(url, { noDelay: true });
    connection.on('error', () => undefined);
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    await channel.consume(queue, (message) => message && taken.push(message));
    const have = async (n: number): Promise<ConsumeMessage[]> => {
      await vi.waitFor(() => expect(taken.length).toBeGreaterThanOrEqual(n), 10_000);
      return taken;
    };
    return { channel, have, close: () => connection.close().catch(() => undefined) };
  }

  it('publishes in order, and knows what was routed nowhere', async () => {
    expect(await broker.publish('jobs', messages('a', 'b', 'a'))).toMatchObject({ ok: 3 });
    expect(await broker.publish('nobody', messages('c'))).toMatchObject({ ok: 0, fail: 1 });
    const drained = await broker.drain('jobs');
    expect(drained.map(({ id, body }) => [id, body])).toEqual([
      ['a', { id: 'a' }],
      ['b', { id: 'b' }],
      ['a', { id: 'a' }],
    ]);
    expect(
      history()
        .operations('publish')
        .map(({ outcome }) => outcome),
    ).toEqual([...['ok', 'ok', 'ok'], 'fail']);
  });

  it('sends what is no JSON, with its correlation id, by a binding until it is taken away', async () => {
    await broker.declareExchange('events', 'topic');
    await broker.bindQueue('jobs', 'events', 'told');
    const to = { exchange: 'events', key: 'told' };
    const message = { id: 'a', body: 'broken', rawBody: '{"id": ', correlationId: 'o-1' };
    expect(await broker.publish(to, [message])).toMatchObject({ ok: 1 });
    await broker.unbindQueue('jobs', 'events', 'told');
    expect(await broker.publish(to, [message])).toMatchObject({ ok: 0, fail: 1 });
    const drained = await broker.drain('jobs');
    expect(drained).toMatchObject([{ id: 'a', correlationId: 'o-1', body: '{"id": ' }]);
  });

  it('tells what a queue that is full refused, and what died of what', async () => {
    await broker.declareExchange('dead', 'fanout');
    await broker.declareQueue('graves');
    await broker.bindQueue('graves', 'dead', '');
    const args = {
      'x-max-length': 1,
      'x-overflow': 'reject-publish',
      'x-dead-letter-exchange': 'dead',
    };
    await broker.declareQueue('small', { arguments: args });
    await broker.publish('small', messages('a'));
    expect(await broker.publish('small', messages('b'))).toMatchObject({ fail: 1 });
    const program = await consumer(broker.url, 'small');
    const [message] = await program.have(1);
    program.channel.nack(message as ConsumeMessage, false, false);
    const observer = await broker.observe('graves');
    await vi.waitFor(() => expect(observer.messages).toHaveLength(1), 10_000);
    expect(observer.messages[0]).toMatchObject({
      id: 'a',
      deaths: [{ queue: 'small', reason: 'rejected', count: 1 }],
    });
    await program.close();
  });

  it('deletes a queue, so that it may be declared otherwise, and one that is not there', async () => {
    await broker.publish('jobs', messages('a'));
    await broker.deleteQueue('jobs');
    await broker.deleteQueue('jobs');
    await broker.declareQueue('jobs', { arguments: { 'x-max-length': 1 } });
    expect(await broker.depth('jobs')).toEqual({ ready: 0, consumers: 0 });
  });

  it('cancels the consumers of a queue through a tap, and leaves channel and connection open', async () => {
    const tap = await broker.tap();
    const program = await consumer(tap.url);
    let isCancelled = false;
    await program.channel.assertQueue('others');
    await program.channel.consume('others', (message) => (isCancelled ||= message === null));
    await vi.waitFor(() => expect(tap.consumers('others')).toBe(1));

    expect(await tap.cancelConsumers('others')).toBe(1);
    await vi.waitFor(() => expect(isCancelled).toBe(true));
    await vi.waitFor(async () => expect((await broker.depth('others')).consumers).toBe(0));
    expect([tap.consumers('others'), tap.consumers('jobs')]).toEqual([0, 1]);
    // What else goes through them goes on; nobody hears of this queue.
    await broker.publish('others', messages('x'));
    await broker.publish('jobs', messages('a'));
    program.channel.ack((await program.have(1))[0] as ConsumeMessage);
    expect(await broker.settled(['jobs'])).toBe(true);
    expect(await broker.depth('others')).toMatchObject({ ready: 1 });
    expect(noted('fault')).toMatchObject([{ kind: 'consumers-cancelled' }]);
    await program.close();
  });

  it('takes no message that would fill the memory of who reads it', async () => {
    const connection = await connect(broker.url);
    const publish = async (body: string): Promise<void> => {
      const channel = await connection.createConfirmChannel();
      channel.on('error', () => undefined);
      channel.sendToQueue('jobs', Buffer.from(body));
      await channel.waitForConfirms();
    };
    await expect(publish('x'.repeat(mostMessageBytes + 1))).rejects.toThrow('channel closed');
    await publish('y'.repeat(mostMessageBytes));
    expect(await broker.depth('jobs')).toMatchObject({ ready: 1 });
    await connection.close();
  });

  it('is used where it is newer than all that were tried, which is said', async () => {
    const { rabbitmq: own } = services;
    if (!own) throw new Error('no broker');
    expect(notices.join()).not.toContain('newer than');
    const newer = await newerBroker(own.url, own.record.version);
    const ways = { env: newer.env, signal, onProgress: (text: string) => void notices.push(text) };
    const { rabbitmq } = await startServices(['rabbitmq'], ways);
    expect(rabbitmq?.record).toMatchObject({ provider: 'url', version: newer.version });
    expect(notices.at(-1)).toContain(newer.version);
    expect(notices.at(-1)).toContain('3.10, 4.0, 4.3');
    await newer.close();
  });

  it('hears through a tap what a program and the broker say, and when all is done', async () => {
    const tap = await broker.tap();
    const program = await consumer(tap.url);
    await broker.publish('jobs', messages('a', 'b', 'c'));
    const [a, b, c] = await program.have(3);
    expect(await broker.settled(['jobs'], 200)).toBe(false);
    program.channel.ack(a as ConsumeMessage);
    program.channel.nack(b as ConsumeMessage, false, false);
    program.channel.ack(c as ConsumeMessage);
    expect(await broker.settled(['jobs'])).toBe(true);
    expect(tap.settled.map(({ id, how }) => `${how} ${id ?? '?'}`)).toEqual([
      ...['ack a', 'discard b', 'ack c'],
    ]);
    program.channel.ack(a as ConsumeMessage);
    await vi.waitFor(() => {
      expect(noted('amqp-channel-closed')).toMatchObject([{ by: 'broker', code: 406 }]);
    }, 10_000);
    await program.close();
  });

  it('never takes for done what a program that is gone still had', async () => {
    const tap = await broker.tap();
    const program = await consumer(tap.url);
    await broker.publish('jobs', messages('a'));
    await program.have(1);
    tap.cut('rst');
    expect(await broker.settled(['jobs'], 300)).toBe(false);
    expect((await broker.drain('jobs')).map(({ id, redelivered }) => [id, redelivered])).toEqual([
      ['a', true],
    ]);
    expect(noted('amqp-disconnected')).toMatchObject([{ unacked: ['a'] }]);
  });

  it(
    'goes on after an operator, and after a broker that was killed',
    { timeout: 90_000 },
    async () => {
      const observer = await broker.observe('jobs');
      await broker.publish('jobs', messages('a'));
      await broker.cutConnections();
      await broker.publish('jobs', messages('b'));
      await vi.waitFor(() => expect(observer.messages.length).toBeGreaterThanOrEqual(2), 10_000);
      await broker.kill();
      await broker.start();
      await broker.publish('jobs', messages('c'));
      await vi.waitFor(() => expect(observer.messages.at(-1)?.id).toBe('c'), 30_000);
      expect(noted('fault')).toMatchObject([
        { kind: 'broker-connections-cut' },
        { kind: 'broker-killed' },
        { kind: 'broker-started' },
      ]);
    },
  );

  it(
    'does not know what became of messages when the broker dies',
    { timeout: 90_000 },
    async () => {
      const many = messages(...Array.from({ length: 20_000 }, (_, n) => `m-${n}`));
      const publishing = broker.publish('jobs', many);
      await vi.waitFor(
        () => expect(history().operations('publish').length).toBeGreaterThan(0),
        10_000,
      );
      await broker.kill();
      const { ok, fail, unknown } = await publishing;
      expect(ok + fail + unknown).toBe(many.length);
      expect(unknown).toBeGreaterThan(0);
      await broker.start();
      // Whatever was confirmed is there.
      const there = new Set((await broker.drain('jobs')).map(({ id }) => id));
      const confirmed = history()
        .operations<{ id: string }>('publish')
        .filter(({ outcome }) => outcome === 'ok');
      expect(confirmed.filter(({ asked }) => !there.has(asked.id))).toEqual([]);
    },
  );
});
