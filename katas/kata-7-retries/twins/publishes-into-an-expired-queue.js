// Declares each delay queue once and lets the broker take it away when it is not used (x-expires).
// From then on what goes there is confirmed, and dropped: without `mandatory` nobody says so.
import { attemptOf, backoff, honest, publish, run } from './twin.mjs';

const declared = new Map();

async function wait(channel, message) {
  const ms = backoff(attemptOf(message));
  const queue = `work.delay.${ms}`;
  if (!declared.has(queue)) {
    const options = { messageTtl: ms, deadLetterExchange: '', deadLetterRoutingKey: 'work' };
    declared.set(queue, channel.assertQueue(queue, { ...options, expires: ms + 150 }));
  }
  await declared.get(queue);
  await publish(channel, queue, message, { 'x-attempt': attemptOf(message) + 1 });
}

run(honest({ failed: wait }));
