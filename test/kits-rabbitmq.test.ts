import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Channel, ChannelModel } from 'amqplib';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Built, RunningProgram } from '../src/lab/implementation/types.js';
import { freshDatabase } from '../src/services/postgres/fresh.js';
import { connectBroker } from '../src/services/rabbitmq/connection.js';
import { freshVhost, type FreshVhost } from '../src/services/rabbitmq/fresh.js';
import {
  buildWorker,
  declareQueues,
  limitMs,
  startWorker,
  untilHealthIs,
} from './support/amqp-workers.js';
import { repository } from './support/cli.js';
import { until } from './support/processes.js';
import { useServices } from './support/use-services.js';
import { describeWith, needs, type Requirement } from './support/requires.js';

/** Every kit passes the same table; test/support/amqp-worker has the same program for each. */
const toolchains: readonly (readonly [string, Requirement | undefined])[] = [
  ['node', undefined],
  ['go', 'go'],
  ['python', 'venv'],
  ['java', 'maven'],
  ['rust', 'rust'],
];
const languages = toolchains
  .filter(([name, need]) => need === undefined || needs(need, `the RabbitMQ kit of ${name}`))
  .map(([name]) => name);
/** As the programs say it of themselves. */
const prefetch = 5;
/** The first build of a language fetches and compiles its libraries. */
const patience = { timeout: 600_000 };

describeWith('rabbitmq', 'a worker on RabbitMQ', () => {
  const ours = useServices({ rabbitmq: 'local', postgres: 'embedded' });

  describe.each(languages)('with the kit of %s', (language) => {
    let built: Built;
    let vhost: FreshVhost;
    let connection: ChannelModel;
    let lab: Channel;
    const logFile = (): string => path.join(ours.home, `${language}.log`);
    const gate = (): string => path.join(ours.home, 'gate');

    beforeAll(async () => {
      built = await buildWorker(language, ours);
    }, patience.timeout);

    beforeEach(async () => {
      await Promise.all([gate(), logFile()].map((file) => rm(file, { force: true })));
    });

    /** In a vhost of its own, with the queues that the program knows. */
    async function withWorker(
      work: (worker: RunningProgram) => Promise<void>,
      given: Record<string, string> = {},
    ): Promise<void> {
      vhost = await freshVhost(ours.services.rabbitmq, language);
      await connect();
      await declareQueues(lab);
      const env = { AMQP_URL: vhost.url, WORKER_GATE: gate(), ...given };
      const worker = await startWorker(built, { env, logFile: logFile(), signal: ours.signal });
      await work(worker);
      expect(await worker.stop()).toMatchObject({ kind: 'drained', code: 0 });
      await connection.close().catch(() => undefined);
      await vhost.drop();
    }

    /** Again, where the broker has gone since the last time. */
    async function connect(): Promise<void> {
      connection = await connectBroker(vhost.url);
      lab = await connection.createChannel();
    }

    const send = (kind: string, from: number, count = 1): void => {
      for (let n = from; n < from + count; n++) {
        const about = { messageId: `m-${n}`, persistent: true };
        lab.sendToQueue('work', Buffer.from(JSON.stringify({ kind })), about);
      }
    };
    const openGate = (): Promise<void> => writeFile(gate(), '');
    const waiting = async (queue: string): Promise<number> =>
      (await lab.checkQueue(queue)).messageCount;
    const untilWaiting = (queue: string, count: number): Promise<void> =>
      until(`${count} in ${queue}`, async () => (await waiting(queue)) === count, limitMs);
    const untilNobodyTakes = (queue: string): Promise<void> =>
      until(
        `no consumer at ${queue}`,
        async () => (await lab.checkQueue(queue)).consumerCount === 0,
        limitMs,
      );

    /** Takes all that is there. */
    async function taken(queue: string) {
      const all: { id: unknown; body: unknown; redelivered: boolean }[] = [];
      for (;;) {
        const message = await lab.get(queue, { noAck: true });
        if (message === false) return all;
        const { content, properties, fields } = message;
        const body: unknown = JSON.parse(content.toString());
        all.push({ id: properties.messageId, body, redelivered: fields.redelivered });
      }
    }

    /** Whoever settles a message twice, or on another channel, has its channel closed by the broker. */
    const nothingBroke = (): void => expect(readFileSync(logFile(), 'utf8')).not.toMatch(/broke/);

    it('settles each message once, as it is told', patience, () =>
      withWorker(async () => {
        send('good', 0, 40);
        send('fails-once', 40);
        lab.sendToQueue('work', Buffer.from('{"kind": '), { messageId: 'unreadable' });
        await untilWaiting('done', 41);
        await untilWaiting('dead', 1);
        await untilWaiting('work', 0);
        nothingBroke();
        const ids = (await taken('done')).map(({ id }) => String(id));
        expect(new Set(ids)).toEqual(new Set(Array.from({ length: 41 }, (_, n) => `m-${n}`)));
      }),
    );

    it('tells what the broker refuses from what no queue takes', patience, () =>
      withWorker(async () => {
        await lab.assertQueue('full', {
          maxLength: 1,
          arguments: { 'x-overflow': 'reject-publish' },
        });
        lab.sendToQueue('full', Buffer.from('first'));
        await untilWaiting('full', 1);
        send('full', 1);
        send('nowhere', 2);
        send('good', 3);
        await untilWaiting('done', 3);
        nothingBroke();
        const outcomes = (await taken('done')).map(({ body }) => body);
        expect(outcomes).toEqual(
          expect.arrayContaining([
            { id: 'm-1', outcome: 'refused' },
            { id: 'm-2', outcome: 'unroutable' },
            { id: 'm-3', outcome: 'done' },
          ]),
        );
      }),
    );

    it('holds as many as its prefetch, and on SIGTERM finishes those alone', patience, () =>
      withWorker(async (worker) => {
        send('held', 0, prefetch + 3);
        await untilWaiting('begun', prefetch);
        expect(await waiting('work')).toBe(3);
        const stopped = worker.stop();
        // Until it has heard of it, what it finishes makes room for the next.
        await untilNobodyTakes('work');
        await openGate();
        expect(await stopped).toMatchObject({ kind: 'drained', code: 0 });
        nothingBroke();
        expect(await taken('done')).toHaveLength(prefetch);
        const left = await taken('work');
        expect(left.map(({ id }) => id)).toEqual(['m-5', 'm-6', 'm-7']);
      }),
    );

    it('hands back on SIGTERM what does not end in time', patience, () =>
      withWorker(async (worker) => {
        send('held', 0, 2);
        await untilWaiting('begun', 2);
        expect(await worker.stop()).toMatchObject({ kind: 'drained', code: 0 });
        nothingBroke();
        expect((await taken('work')).map(({ id }) => id)).toEqual(['m-0', 'm-1']);
        expect(await taken('done')).toEqual([]);
      }),
    );

    it('is unhealthy while nothing comes, and goes on by itself', patience, () =>
      withWorker(async (worker) => {
        // Nothing breaks, and nothing more would come.
        await lab.deleteQueue('work');
        await untilHealthIs(worker, 503, 'the cancelled consumer');
        await lab.assertQueue('work');
        await untilHealthIs(worker, 200, 'a new consumer');

        send('held', 0, prefetch);
        await untilWaiting('begun', prefetch);
        await ours.services.rabbitmq.admin.cutConnections(vhost.name);
        await connect();
        // In hand for the second time: what the first hands do now is nobody's.
        await untilWaiting('begun', 2 * prefetch);
        await openGate();
        await untilWaiting('done', prefetch);
        await untilHealthIs(worker, 200, 'the broken connection mended');

        expect(worker.hasExited()).toBeUndefined();
      }),
    );

    it('answers once through inbox and outbox, also past a cut', patience, async () => {
      const kata = path.join(repository, 'katas', 'kata-9-mini-saga', 'payment');
      const schema = await readFile(path.join(kata, 'schema.sql'), 'utf8');
      const database = await freshDatabase(ours.services.postgres, 'boxes', schema);
      await withWorker(
        async () => {
          await lab.assertExchange('asks', 'topic');
          await lab.assertExchange('events', 'topic');
          await lab.bindQueue('work', 'asks', '#');
          await lab.bindQueue('done', 'events', '#');
          const ask = (order: string, key = 'Asked'): boolean =>
            lab.publish('asks', key, Buffer.from(JSON.stringify({ order })), { messageId: order });
          for (const order of ['o-1', 'o-1', 'o-2']) ask(order);
          ask('o-3', 'Mentioned');
          lab.publish('asks', 'Asked', Buffer.from('{"order": 7}'), { messageId: 'unreadable' });
          lab.publish('asks', 'Asked', Buffer.from('{"order": "o-4"}'));
          await untilWaiting('done', 2);
          await untilWaiting('dead', 2);
          await ours.services.rabbitmq.admin.cutConnections(vhost.name);
          await connect();
          ask('o-1');
          ask('o-5');
          await untilWaiting('done', 3);
          await untilWaiting('work', 0);
          const answers = await taken('done');
          expect(answers.map(({ body }) => body)).toEqual(
            expect.arrayContaining(['o-1', 'o-2', 'o-5'].map((order) => ({ order }))),
          );
          expect(new Set(answers.map(({ id }) => id)).size).toBe(3);
        },
        { DATABASE_URL: database.url },
      );
      await database.drop();
    });
  });

  /** All at once, since a broker takes longer to begin than all of them together. */
  describe('with every kit', () => {
    interface Begun {
      readonly language: string;
      readonly vhost: FreshVhost;
      readonly worker: RunningProgram;
    }

    async function begun(language: string): Promise<Begun> {
      const vhost = await freshVhost(ours.services.rabbitmq, `killed-${language}`);
      const connection = await connectBroker(vhost.url);
      await declareQueues(await connection.createChannel());
      await connection.close();
      const logFile = path.join(ours.home, `killed-${language}.log`);
      const worker = await startWorker(await buildWorker(language, ours), {
        env: { AMQP_URL: vhost.url, WORKER_GATE: path.join(ours.home, 'gate') },
        logFile,
        signal: ours.signal,
      });
      return { language, vhost, worker };
    }

    async function goesOn({ language, vhost, worker }: Begun): Promise<void> {
      const connection = await connectBroker(vhost.url);
      const channel = await connection.createChannel();
      const about = { messageId: 'm-1', persistent: true };
      channel.sendToQueue('work', Buffer.from('{"kind": "good"}'), about);
      const count = async (queue: string) => (await channel.checkQueue(queue)).messageCount;
      await until(`what ${language} has done`, async () => (await count('done')) === 1, limitMs);
      await until(`nothing left for ${language}`, async () => (await count('work')) === 0, limitMs);
      expect(worker.hasExited()).toBeUndefined();
      expect(await worker.stop()).toMatchObject({ kind: 'drained', code: 0 });
      await connection.close();
      await vhost.drop();
    }

    it('is unhealthy while the broker is down, and goes on by itself', patience, async () => {
      const all: Begun[] = [];
      for (const language of languages) all.push(await begun(language));
      const healthIs = (status: number, why: string) =>
        Promise.all(
          all.map(({ language, worker }) => untilHealthIs(worker, status, `${why} by ${language}`)),
        );
      await ours.services.rabbitmq.control.kill();
      await healthIs(503, 'the killed broker noticed');
      await ours.services.rabbitmq.control.start();
      await healthIs(200, 'the broker that is back noticed');
      for (const one of all) await goesOn(one);
    });
  });
});
