import type { ConsumeMessage } from 'amqplib';
import { startWorker } from '../../kit/node/amqp.js';
import { readEnvironment } from '../../kit/node/environment.js';
import { healthyWhile } from '../../kit/node/health.js';
import { log } from '../../kit/node/log.js';
import { openPool } from '../../kit/node/postgres.js';
import { run } from '../../kit/node/serve.js';
import { dedupTable } from './dedup-table.js';
import { effectFirst, markFirst } from './dedup-separate.js';
import { naive } from './naive.js';
import { naturalKey } from './natural-key.js';
import { isName, readPayment, type Message, type Strategy } from './payments.js';

const environment = readEnvironment();
const first = environment.text('PLAN_FIRST', 'mark');

const strategies = new Map<string, Strategy>(
  Object.entries({
    naive,
    'dedup-table': dedupTable,
    'dedup-separate': first === 'effect' ? effectFirst : markFirst,
    'natural-key': naturalKey,
  }),
);

run({
  port: environment.port,
  async open() {
    const name = environment.text('PLAN_STRATEGY', 'naive');
    const take = strategies.get(name);
    if (!take) throw new Error(`there is no strategy "${name}"`);
    const pool = await openPool(environment.text('DATABASE_URL'));
    const worker = await startWorker({
      url: environment.text('AMQP_URL'),
      queue: 'payments',
      prefetch: environment.integer('PLAN_PREFETCH', 20),
      async handle(delivered) {
        const message = read(delivered);
        // It will be no more readable the next time, and requeued it would come for ever. It goes to
        // the dead letters, where its queue has any: kata 8.
        if (!message) return 'discard';
        await take(pool, message);
        return 'ack';
      },
    });
    return {
      routes: healthyWhile(() => worker.isConsuming()),
      async close() {
        await worker.stop();
        await pool.end();
      },
    };
  },
});

/** @returns undefined where it is no payment, or has no id: all such would be taken for one another */
function read({ content, properties }: ConsumeMessage): Message | undefined {
  const id: unknown = properties.messageId;
  try {
    if (!isName(id)) throw new Error('there is no message_id');
    return { id, payment: readPayment(content.toString()) };
  } catch (error) {
    log('message', id, 'is given up:', error);
    return undefined;
  }
}
