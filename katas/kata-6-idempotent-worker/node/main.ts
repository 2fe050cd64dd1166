import type { ConsumeMessage } from 'amqplib';
import { startWorker } from '../../kit/node/amqp.js';
import { readEnvironment } from '../../kit/node/environment.js';
import { openPool } from '../../kit/node/postgres.js';
import { run } from '../../kit/node/serve.js';
import { dedupTable } from './dedup-table.js';
import { effectFirst, markFirst } from './dedup-separate.js';
import { naive } from './naive.js';
import { naturalKey } from './natural-key.js';
import type { Message, Payment, Strategy } from './payments.js';

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
        await take(pool, read(delivered));
        return 'ack';
      },
    });
    return {
      routes: {},
      async close() {
        await worker.stop();
        await pool.end();
      },
    };
  },
});

function read({ content, properties }: ConsumeMessage): Message {
  return { id: String(properties.messageId), payment: JSON.parse(content.toString()) as Payment };
}
