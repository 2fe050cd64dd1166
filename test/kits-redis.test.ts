import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { History, type HistoryEvent } from '../src/kata/history.js';
import type { WorkQueue } from '../src/kata/work-queue.js';
import { buildImplementation } from '../src/lab/implementation/build.js';
import { resolveImplementation } from '../src/lab/implementation/resolve.js';
import { startProgram } from '../src/lab/implementation/start.js';
import type { Built, RunningProgram } from '../src/lab/implementation/types.js';
import { Recorder } from '../src/history/recorder.js';
import { withRedis } from '../src/services/redis/connection.js';
import { freshRedisDatabase } from '../src/services/redis/fresh.js';
import { openRedis, type CaseRedis } from '../src/services/redis/client/client.js';
import { repository } from './support/cli.js';
import { describeWith, needs } from './support/requires.js';
import { until } from './support/processes.js';
import { useServices } from './support/use-services.js';

const languages = ['node', ...(needs('go', 'the Redis kit of Go') ? ['go'] : [])];

describeWith('redis', 'a work queue on Redis Streams', () => {
  const ours = useServices({ redis: 'local' });

  async function onQueue(
    label: string,
    work: (queue: WorkQueue, url: string, events: readonly HistoryEvent[]) => Promise<void>,
  ): Promise<void> {
    const fresh = await freshRedisDatabase(ours.services.redis, label);
    const recorder = new Recorder(0);
    const { control } = ours.services.redis;
    const open = { url: fresh.url, control, recorder, signal: ours.signal };
    const redis: CaseRedis = openRedis(open);
    try {
      await work(redis.queue, redis.url, recorder.events);
    } finally {
      await redis.close();
      await control.start();
      await fresh.drop();
    }
  }

  it('publishes, counts, and takes away what is left, with everything in the history', () =>
    onQueue('lab', async (queue, url, events) => {
      await queue.declare('work', { consumed: true });
      await queue.declare('work', { consumed: true });
      await queue.declare('dead');
      const messages = ['a', 'b', 'c', 'd'].map((id) => ({ id, body: { id }, headers: { n: 1 } }));
      expect(await queue.publish('work', messages)).toEqual({ ok: 4, fail: 0, unknown: 0 });
      expect(await queue.waiting('work')).toBe(4);
      expect(await queue.waiting('dead')).toBe(0);
      await withRedis(url, async (redis) => {
        const from = [{ key: 'work', id: '>' }];
        await redis.xReadGroup('workers', 'somebody', from, { COUNT: 2 });
        const [first] = (await redis.xRange('work', '-', '+')) ?? [];
        await redis.xAck('work', 'workers', first?.id ?? '');
        await redis.set('text', 'no stream');
      });
      expect(await queue.waiting('work')).toBe(2);
      expect(await queue.publish('text', messages.slice(0, 1))).toMatchObject({ fail: 1 });

      const drained = await queue.drain('work');
      const headers = { n: '1' };
      const place = { exchange: '', key: 'work', deaths: [] };
      expect(drained).toEqual([
        { id: 'b', body: { id: 'b' }, headers, redelivered: true, ...place },
        { id: 'c', body: { id: 'c' }, headers, redelivered: false, ...place },
        { id: 'd', body: { id: 'd' }, headers, redelivered: false, ...place },
      ]);
      expect(await queue.drain('work')).toEqual([]);

      await queue.kill();
      const late = queue.publish('work', messages.slice(0, 1));
      await queue.start();
      expect(await late).toEqual({ ok: 1, fail: 0, unknown: 0 });
      const history = new History(events, 1);
      expect(history.notes('fault').map(({ value }) => value)).toMatchObject([
        { kind: 'broker-killed', target: 'broker' },
        { kind: 'broker-started', target: 'broker' },
      ]);
      expect(history.notes('drained')[0]?.value).toEqual({ queue: 'work', messages: drained });
      const asked = { exchange: '', key: 'work', id: 'a', body: { id: 'a' } };
      expect(history.operations('publish')[0]).toMatchObject({ asked, outcome: 'ok' });
    }));

  it('does not know what became of a message when the server died under it', () =>
    onQueue('unknown', async (queue) => {
      const many = Array.from({ length: 5_000 }, (_, n) => ({ id: String(n), body: 'x' }));
      const published = queue.publish('work', many);
      await until('some', async () => (await queue.waiting('work')) > 0);
      await queue.kill();
      const { ok, fail, unknown } = await published;
      expect(ok + unknown).toBe(5_000);
      expect(fail).toBe(0);
      await queue.start();
      const there = new Set((await queue.drain('work')).map(({ id }) => id));
      // Whatever was confirmed is there.
      expect(there.size).toBeGreaterThanOrEqual(ok);
    }));

  describe.each(languages)('with the kit of %s', (language) => {
    let built: Built;

    beforeAll(async () => {
      const own = path.join(repository, 'test', 'support', 'redis-worker', language);
      const kataFolder = path.join(repository, 'katas');
      const resolved = await resolveImplementation({ kataFolder, own, language, cwd: ours.home });
      built = await buildImplementation(resolved, { signal: ours.signal });
    }, 400_000);

    async function start(url: string, env = {}): Promise<RunningProgram> {
      const logFile = path.join(ours.home, `${language}.log`);
      const given = { env: { REDIS_URL: url, ...env }, logFile, signal: ours.signal };
      const outcome = await startProgram(built, given);
      if (!outcome.healthy) throw new Error(outcome.reason.logTail.join('\n'));
      return outcome.program;
    }

    const health = async ({ url }: RunningProgram): Promise<number> =>
      (await fetch(`${url}/health`)).status;

    const good = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({ id: `m-${from + n}`, body: { kind: 'good' } }));

    const effects = (url: string): Promise<Record<string, string | null>> =>
      withRedis(url, async (redis) => {
        const keys = (await redis.keys('done:*')).sort();
        const counts = keys.length === 0 ? [] : await redis.mGet(keys);
        return Object.fromEntries(keys.map((key, n) => [key, counts[n] ?? null]));
      });

    it(
      'settles as it is told, and drains',
      () =>
        onQueue(`${language}-kit`, async (queue, url) => {
          await queue.declare('work', { consumed: true });
          const worker = await start(url);
          const third = { id: 'third', body: { kind: 'third-time' } };
          const poison = { id: 'poison', body: { kind: 'poison' }, headers: { from: 'test' } };
          await queue.publish('work', [third, poison, ...good(0, 60)]);
          await until('the dead one', async () => (await queue.waiting('dead')) === 1);
          await until('the rest', async () => (await queue.waiting('work')) === 0);
          expect(await worker.stop()).toMatchObject({ kind: 'drained', code: 0 });
          const done = await effects(url);
          expect(Object.keys(done)).toHaveLength(61);
          expect(new Set(Object.values(done))).toEqual(new Set(['1']));
          expect(await queue.drain('work')).toEqual([]);
          expect(await queue.drain('dead')).toMatchObject([
            {
              id: 'poison',
              body: { kind: 'poison' },
              headers: { from: 'test', reason: 'poison', attempts: '2' },
            },
          ]);
        }),
      60_000,
    );

    it(
      'takes over what a dead one held, and outlives the broker',
      () =>
        onQueue(`${language}-kit`, async (queue, url) => {
          await queue.declare('work', { consumed: true });
          const doomed = await start(url, { WORKER_STUCK: 'yes' });
          await queue.publish('work', good(0, 5));
          await until('its share', async () => (await queue.waiting('work')) === 0);
          await doomed.kill();
          const worker = await start(url);
          await queue.publish('work', good(5, 100));
          await queue.kill();
          await queue.start();
          await queue.publish('work', good(105, 20));
          const all = async (): Promise<boolean> => Object.keys(await effects(url)).length === 125;
          await until('all effects', all, 30_000);
          await until('nothing pending', () =>
            withRedis(
              url,
              async (redis) => (await redis.xPending('work', 'workers')).pending === 0,
            ),
          );
          expect(worker.hasExited()).toBeUndefined();
          expect(await health(worker)).toBe(200);
          expect(await worker.stop()).toMatchObject({ kind: 'drained', code: 0 });
        }),
      60_000,
    );

    it(
      'ends in time also where the broker is down',
      () =>
        onQueue(`${language}-kit`, async (queue, url) => {
          await queue.declare('work', { consumed: true });
          const worker = await start(url);
          await queue.stop();
          await until('an unhealthy worker', async () => (await health(worker)) === 503);
          expect(await worker.stop()).toMatchObject({ kind: 'drained', code: 0 });
        }),
      60_000,
    );
  });
});
