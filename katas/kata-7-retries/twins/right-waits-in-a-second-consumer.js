// What waits lies in a queue that it consumes as well, without a limit, and each goes back when it is due.
import { setTimeout as sleep } from 'node:timers/promises';
import { ack, attemptOf, backoff, connected, consume, honest, live, publish } from './twin.mjs';

const queue = 'work.waiting';

const connection = await connected();
const channel = await connection.createChannel();
await channel.assertQueue(queue);
await connection.close();

async function waitHere(message, channel) {
  const { 'x-due': due, ...headers } = message.headers;
  await sleep(Math.max(0, due - Date.now()));
  await publish(channel, 'work', message, headers);
  ack(channel, message);
}

async function failed(channel, message) {
  const attempt = attemptOf(message);
  const due = Math.ceil(Date.now() + backoff(attempt));
  await publish(channel, queue, message, { 'x-attempt': attempt + 1, 'x-due': due });
}

await consume(waitHere, { queue, hands: 0 });
await consume(honest({ failed }));
live();
