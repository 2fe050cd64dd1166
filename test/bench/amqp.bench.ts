/**
 * Publishing and consuming through the lab's own AMQP driver, which writes all of it into a
 * history, against a bare loop of amqplib with the same confirms and prefetch, in turn. On the
 * broker of AMQP_URL, or one of its own. PLAN_BENCH_ROUNDS and PLAN_BENCH_MESSAGES make it longer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import { openBroker } from '../../src/services/rabbitmq/client/index.js';
import { startServices } from '../../src/services/index.js';
import { Recorder } from '../../src/history/recorder.js';
import { holdToLeast, tellAs, tellRatio } from './kit/measure.js';

const ofBare = 0.8;
const prefetch = 200;
const queue = `plan-bench-${process.pid}`;
const messages = Number(process.env['PLAN_BENCH_MESSAGES'] ?? 20_000);
const rounds = Number(process.env['PLAN_BENCH_ROUNDS'] ?? 5);

interface Taken {
  /** Messages a second. */
  readonly published: number;
  readonly consumed: number;
}

const { signal } = new AbortController();
const services = await startServices(['rabbitmq'], {
  env: process.env,
  signal,
  onProgress: (line) => void process.stderr.write(`${line}\n`),
});
try {
  await compare(services.rabbitmq?.url ?? '');
} finally {
  await services.stopAll();
}

async function compare(url: string): Promise<void> {
  const sides = { ours: [] as Taken[], bare: [] as Taken[] };
  // The first of each warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const [ours, bare] = [await throughOurs(url), await throughAmqplib(url)];
    if (round === 0) continue;
    sides.ours.push(ours);
    sides.bare.push(bare);
  }
  process.stdout.write(`\nAMQP, ${rounds} rounds of ${messages} messages\n`);
  for (const what of ['published', 'consumed'] as const) {
    const [ours, bare] = [sides.ours.map((t) => t[what]), sides.bare.map((t) => t[what])];
    tellAs(`ours, ${what} a second`, ours, '/s');
    tellAs(`amqplib, ${what} a second`, bare, '/s');
    holdToLeast(
      `${what}, ours / amqplib`,
      tellRatio(`${what}, ours / amqplib`, ours, bare),
      ofBare,
    );
  }
}

async function throughOurs(url: string): Promise<Taken> {
  const nothing = (): Promise<never> => Promise.reject(new Error('not in a benchmark'));
  const control = { kill: nothing, stop: nothing, start: nothing };
  const recorder = new Recorder(0);
  const broker = openBroker({ url, control, cutConnections: nothing, recorder, signal });
  try {
    await broker.declareQueue(queue, { autoDelete: true });
    const batch = Array.from({ length: messages }, (_, n) => ({ id: `m-${n}`, body: { n } }));
    const published = await rateOf(() => broker.publish(queue, batch, { confirmWithinMs: 60_000 }));
    const consumed = await rateOf(async () => {
      const observer = await broker.observe(queue);
      while (observer.messages.length < messages) await sleep(1);
      await observer.stop();
    });
    return { published, consumed };
  } finally {
    await broker.close();
  }
}

async function throughAmqplib(url: string): Promise<Taken> {
  const connection = await connect(url, { noDelay: true });
  const publisher = await connection.createConfirmChannel();
  await publisher.assertQueue(queue, { autoDelete: true });
  const published = await rateOf(async () => {
    for (let n = 0; n < messages; n += 1) {
      const content = Buffer.from(JSON.stringify({ n }));
      const properties = { messageId: `m-${n}`, persistent: true, mandatory: true };
      if (!publisher.sendToQueue(queue, content, properties))
        await new Promise((resolve) => publisher.once('drain', resolve));
    }
    await publisher.waitForConfirms();
  });
  const channel = await connection.createChannel();
  await channel.prefetch(prefetch);
  const consumed = await rateOf(
    () =>
      new Promise<void>((resolve, reject) => {
        let seen = 0;
        const take = (message: Parameters<Parameters<typeof channel.consume>[1]>[0]): void => {
          if (!message) return;
          JSON.parse(message.content.toString());
          channel.ack(message);
          seen += 1;
          if (seen === messages) resolve();
        };
        channel.consume(queue, take).catch(reject);
      }),
  );
  await connection.close();
  return { published, consumed };
}

async function rateOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (messages / (performance.now() - begun)) * 1000;
}
