import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildImplementation } from '../src/lab/implementation/build.js';
import { resolveImplementation } from '../src/lab/implementation/resolve.js';
import { startProgram } from '../src/lab/implementation/start.js';
import type { Built, RunningProgram } from '../src/lab/implementation/types.js';
import { withPostgres } from '../src/services/postgres/connection.js';
import { freshDatabase } from '../src/services/postgres/fresh.js';
import { connectBroker } from '../src/services/rabbitmq/connection.js';
import { freshVhost } from '../src/services/rabbitmq/fresh.js';
import { repository } from './support/cli.js';
import { describeWith, needs, type Requirement } from './support/requires.js';
import { until } from './support/processes.js';
import { useServices } from './support/use-services.js';

/** Of kata 6. */
const toolchains: readonly (readonly [string, Requirement | undefined])[] = [
  ['node', undefined],
  ['go', 'go'],
  ['python', 'venv'],
  ['java', 'maven'],
  ['rust', 'rust'],
];
const isHere = ([name, need]: (typeof toolchains)[number]): boolean =>
  need === undefined || needs(need, `kata 6 in ${name}`);
const languages = toolchains.filter(isHere).map(([name]) => name);

describeWith('rabbitmq', 'a reference that works on a queue', () => {
  const ours = useServices({ rabbitmq: 'local', postgres: 'embedded' });

  async function build(language: string, kata = 'kata-8-dead-letters'): Promise<Built> {
    const kataFolder = path.join(repository, 'katas', kata);
    const resolved = await resolveImplementation({ kataFolder, language, cwd: ours.home });
    return buildImplementation(resolved, { signal: ours.signal });
  }

  async function start(built: Built, url: string, given = {}): Promise<RunningProgram> {
    const upstream = { UPSTREAM_URL: 'http://127.0.0.1:9', PLAN_STRATEGY: 'drop' };
    const env = { AMQP_URL: url, ...upstream, ...given };
    const logFile = path.join(ours.home, 'worker.log');
    const outcome = await startProgram(built, { env, logFile, signal: ours.signal });
    if (!outcome.healthy) throw new Error(outcome.reason.logTail.join('\n'));
    return outcome.program;
  }

  describe.each(languages)('in %s', (language) => {
    it('gives up what can never be stored, and what has no id', async () => {
      const kata = 'kata-6-idempotent-worker';
      const built = await build(language, kata);
      const schema = await readFile(path.join(repository, 'katas', kata, 'schema.sql'), 'utf8');
      const database = await freshDatabase(ours.services.postgres, 'payments', schema);
      const fresh = await freshVhost(ours.services.rabbitmq, `payments-${language}`);
      const connection = await connectBroker(fresh.url);
      const channel = await connection.createChannel();
      await channel.assertQueue('payments', {
        deadLetterExchange: '',
        deadLetterRoutingKey: 'given-up',
      });
      await channel.assertQueue('given-up');
      const publish = (body: unknown, messageId?: string): boolean =>
        channel.sendToQueue(
          'payments',
          Buffer.from(JSON.stringify(body)),
          messageId === undefined ? {} : { messageId },
        );
      const payment = { payment: 'p-1', account: 'a-1', amount: 20 };
      publish({ ...payment, amount: 0.5 }, 'm-1');
      publish({ ...payment, amount: 3_000_000_000 }, 'm-2');
      publish({ ...payment, payment: 'p\u0000' }, 'm-3');
      publish(null, 'm-4');
      publish(payment);
      publish({ ...payment, payment: 'p-2' });
      publish(payment, 'm-5');
      const env = { DATABASE_URL: database.url, PLAN_STRATEGY: 'dedup-table' };
      const worker = await start(built, fresh.url, env);
      await until('what is given up', async () => {
        const [{ messageCount: left }, { messageCount: givenUp }] = [
          await channel.checkQueue('payments'),
          await channel.checkQueue('given-up'),
        ];
        return left === 0 && givenUp === 6;
      });
      expect(await worker.stop()).toMatchObject({ kind: 'drained', code: 0 });
      const rows = await withPostgres(database.labUrl, async (client) => {
        const { rows: all } = await client.query('SELECT payment, account, amount FROM charges');
        return all as unknown[];
      });
      expect(rows).toEqual([payment]);
      await connection.close();
      await fresh.drop();
      await database.drop();
    }, 400_000);
  });

  describe.each(languages.filter((name) => name === 'node' || name === 'go'))(
    'in %s',
    (language) => {
      it('leaves a dead letter also where the reason is a whole web page', async () => {
        const built = await build(language);
        // A header has to fit into a frame, and those end at 128 KiB.
        const page = '<p>é</p>'.repeat(40_000);
        const warehouse = createServer((_request, response) => response.writeHead(502).end(page));
        warehouse.listen(0, '127.0.0.1');
        await once(warehouse, 'listening');
        const { port } = warehouse.address() as AddressInfo;
        const fresh = await freshVhost(ours.services.rabbitmq, `page-${language}`);
        const connection = await connectBroker(fresh.url);
        const channel = await connection.createChannel();
        for (const queue of ['work', 'work.dead']) await channel.assertQueue(queue);
        const worker = await start(built, fresh.url, {
          UPSTREAM_URL: `http://127.0.0.1:${port}`,
          PLAN_STRATEGY: 'dlx-header',
        });
        channel.sendToQueue('work', Buffer.from('{"id": "s-1"}'), { messageId: 'm-1' });
        let reason: unknown;
        await until('the dead letter', async () => {
          const letter = await channel.get('work.dead', { noAck: true });
          if (letter) reason = letter.properties.headers?.['x-reason'];
          return letter !== false;
        });
        expect(reason).toMatch(/^the warehouse says 502: <p>é<\/p>/);
        expect(String(reason).length).toBeLessThan(1_000);
        expect(await worker.stop()).toMatchObject({ kind: 'drained', code: 0 });
        await connection.close();
        await fresh.drop();
        warehouse.closeAllConnections();
        warehouse.close();
      }, 400_000);
    },
  );
});
