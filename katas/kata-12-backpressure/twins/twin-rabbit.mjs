/**
 * An honest worker on a queue at RabbitMQ in parts, as `twin.mjs` is for HTTP.
 */
import { createServer } from 'node:http';
import amqp from 'amqplib';
import { call, limit, workers } from './twin.mjs';

export { call, limit, workers };
export const rejects = { 'x-max-length': limit, 'x-overflow': 'reject-publish' };
export const drops = {
  'x-max-length': limit,
  'x-overflow': 'drop-head',
  'x-dead-letter-exchange': '',
  'x-dead-letter-routing-key': 'jobs.dropped',
};

/** Right: done, then acknowledged. */
export async function done(message, channel) {
  await call(JSON.parse(message.content.toString()).id);
  channel.ack(message);
}

export async function work({ args = rejects, prefetch = workers, handle = done } = {}) {
  const connection = await amqp.connect(process.env.AMQP_URL, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.assertQueue('jobs', { durable: true, arguments: args });
  if (prefetch > 0) await channel.prefetch(prefetch);
  const underWay = new Set();
  let isEnding = false;
  const take = (message) => {
    if (isEnding || message === null) return;
    const one = handle(message, channel).finally(() => underWay.delete(one));
    underWay.add(one);
  };
  await channel.consume('jobs', take, { consumerTag: 'twin' });
  const server = createServer((_, response) => response.end('{}'));
  server.listen(Number(process.env.PORT), '127.0.0.1');
  process.once('SIGTERM', async () => {
    isEnding = true;
    await channel.cancel('twin');
    await Promise.all(underWay);
    await channel.close();
    await connection.close();
    process.exit(0);
  });
}
