import { connectPatiently, startWorker } from '../../kit/node/amqp.js';
import { healthyWhile } from '../../kit/node/health.js';
import type { Options, Work } from './queue.js';

const jobs = 'jobs';

/** The queue is at the broker; its limit lies in what it was declared with. */
export async function openRabbitMq(url: string, strategy: string, options: Options, work: Work) {
  await declare(url, argumentsOf(strategy, options));
  const worker = await startWorker({
    ...{ url, queue: jobs },
    // What is in hand is no longer ready, and counts for no limit: prefetch is its limit.
    prefetch: options.workers,
    async handle({ content }) {
      const { id } = JSON.parse(content.toString()) as { id: string };
      await work(id);
      return 'ack';
    },
  });
  return { routes: healthyWhile(() => worker.isConsuming()), close: () => worker.stop() };
}

/**
 * `reject-publish` has the broker say no (basic.nack) to a producer that asks for confirms. Left to its
 * default, `drop-head`, it drops the oldest, which is lost unless a dead-letter exchange takes it.
 * A broker makes nobody wait for a place: a producer that would rather wait publishes again.
 */
function argumentsOf(strategy: string, { limit }: Options): Readonly<Record<string, unknown>> {
  if (strategy === 'unbounded') return {};
  if (strategy === 'drop-oldest')
    return {
      'x-max-length': limit,
      'x-overflow': 'drop-head',
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'jobs.dropped',
    };
  return { 'x-max-length': limit, 'x-overflow': 'reject-publish' };
}

async function declare(url: string, args: Readonly<Record<string, unknown>>): Promise<void> {
  const connection = await connectPatiently(url, AbortSignal.timeout(10_000));
  try {
    const channel = await connection.createChannel();
    await channel.assertQueue(jobs, { durable: true, arguments: args });
    await channel.close();
  } finally {
    await connection.close();
  }
}
