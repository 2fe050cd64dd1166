import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Lays down a kata from outside, `./two-brokers`: a worker says which addresses it was given. With
 * `--hold 1` it writes the file that PLAN_TEST_HELD names and never ends, for whoever wants to end it.
 */
export async function layDownKataOfTwoBrokers(folder: string): Promise<void> {
  const kata = path.join(folder, 'two-brokers');
  await mkdir(path.join(kata, 'node'), { recursive: true });
  await writeFile(path.join(kata, 'kata.ts'), kataFile);
  await writeFile(path.join(kata, 'node', 'main.js'), program);
}

const program = `
import { createServer } from 'node:http';
import amqp from 'amqplib';
import { createClient } from 'redis';

const { PORT, AMQP_URL, REDIS_URL } = process.env;
const seen = JSON.stringify({ AMQP_URL: AMQP_URL !== undefined, REDIS_URL: REDIS_URL !== undefined });

async function onRedis() {
  const redis = await createClient({ url: REDIS_URL }).connect();
  const from = [{ key: 'work', id: '>' }];
  const [{ messages }] = await redis.xReadGroup('workers', 'me', from, { BLOCK: 10_000 });
  await redis.xAdd('done', '*', { id: messages[0].message.id, body: seen });
  await redis.xAck('work', 'workers', messages[0].id);
}

async function onRabbit() {
  const connection = await amqp.connect(AMQP_URL);
  const channel = await connection.createChannel();
  await channel.consume('work', (message) => {
    channel.sendToQueue('done', Buffer.from(seen), { messageId: message.properties.messageId });
    channel.ack(message);
  });
}

createServer((request, response) => response.end('{}')).listen(Number(PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
await (REDIS_URL ? onRedis() : onRabbit());
`;

const kataFile = `
import { writeFileSync } from 'node:fs';
import {
  brokerKinds, choice, defineKata, finding, integer, type BrokerKind, type DrainedNote,
} from 'plan-backend-lab/kata';

const text = (words: string) => ({ en: words, es: words });

export const kata = defineKata({
  id: 'two-brokers',
  title: text('Two brokers'),
  conditions: ({ broker }) => text(broker),
  services: ['rabbitmq', 'redis'],
  servicesFor: ({ broker }) => [broker === 'redis-streams' ? 'redis' : 'rabbitmq'],
  strategies: { echo: text('says what it was given') },
  languages: ['node'],
  options: {
    broker: choice(brokerKinds, { default: 'rabbitmq', help: text('the broker') }),
    hold: integer({ default: 0, min: 0, max: 1, help: text('never ends') }),
  },
  lesson: [{ strategy: 'echo' }],
  defaultStrategy: 'echo',
  expect: () => ({ verdict: 'holds' }),
  columns: [],
  async experiment(lab, { broker, hold }) {
    const queue = await lab.workQueue(broker as BrokerKind);
    await queue.declare('work', { consumed: true });
    await queue.declare('done');
    await queue.publish('work', [{ id: 'a', body: {} }]);
    const program = await lab.start(queue.through);
    const answered = async (): Promise<boolean> => (await queue.waiting('done')) === 1;
    await lab.until('an answer', answered);
    if (hold === 1) {
      writeFileSync(process.env['PLAN_TEST_HELD'] ?? '', '');
      await lab.until('the end', () => false, 600_000);
    }
    await program.stop();
    await queue.drain('done');
  },
  check(history, { broker }) {
    const [drained] = history.notes<DrainedNote>('drained');
    const seen = drained?.value.messages[0]?.body;
    const given = { AMQP_URL: broker === 'rabbitmq', REDIS_URL: broker === 'redis-streams' };
    const isRight = JSON.stringify(seen) === JSON.stringify(given);
    const story = text(\`it was given \${JSON.stringify(seen)}\`);
    const wrong = isRight ? undefined : { story, lines: [drained?.line ?? 1] };
    return {
      findings: [finding('given-what-it-needs', text('the address of its broker alone'), wrong)],
      coverage: [],
      figures: {},
    };
  },
});
`;
