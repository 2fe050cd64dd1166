// A connection and a consumer of its own for each worker, with one message in hand.
import { createServer } from 'node:http';
import amqp from 'amqplib';
import { done, rejects, workers } from './twin-rabbit.mjs';

let isEnding = false;
const channels = [];
const underWay = new Set();
const connection = await amqp.connect(process.env.AMQP_URL, { noDelay: true });
for (let n = 0; n < workers; n += 1) {
  const channel = await connection.createChannel();
  await channel.assertQueue('jobs', { durable: true, arguments: rejects });
  await channel.prefetch(1);
  const take = (message) => {
    if (isEnding || message === null) return;
    const one = done(message, channel).finally(() => underWay.delete(one));
    underWay.add(one);
  };
  await channel.consume('jobs', take, { consumerTag: `worker-${n}` });
  channels.push(channel);
}
createServer((_, response) => response.end('{}')).listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', async () => {
  isEnding = true;
  await Promise.all(channels.map((channel, n) => channel.cancel(`worker-${n}`)));
  await Promise.all(underWay);
  await Promise.all(channels.map((channel) => channel.close()));
  await connection.close();
  process.exit(0);
});
