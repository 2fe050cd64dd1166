// Its delay queues expire, too, but no sooner than what lies in them can; and what comes back because
// there is none (`mandatory`) goes into a new one.
import { attemptOf, backoff, honest, run } from './twin.mjs';

/** Jitter in steps, as queues are. */
const rounded = (ms) => (Number.isInteger(ms) ? ms : Math.floor(ms / 25) * 25);

const returned = new Set();
const heard = new WeakSet();

function declare(channel, queue, ms) {
  const options = { messageTtl: ms, deadLetterExchange: '', deadLetterRoutingKey: 'work' };
  // Declaring it again, as is done before every message, begins its time anew.
  return channel.assertQueue(queue, { ...options, expires: ms + 1_500 });
}

function listen(channel) {
  if (heard.has(channel)) return;
  heard.add(channel);
  channel.on('return', ({ properties }) => returned.add(properties.correlationId));
}

/** @returns whether a queue has it */
function publish(channel, queue, message) {
  const correlationId = `${message.id}-${attemptOf(message)}`;
  const headers = { 'x-attempt': attemptOf(message) + 1 };
  const options = { persistent: true, mandatory: true, messageId: message.id };
  const body = Buffer.from(JSON.stringify(message.body));
  return new Promise((resolve, reject) => {
    channel.publish('', queue, body, { ...options, correlationId, headers }, (error) =>
      error ? reject(error) : resolve(!returned.delete(correlationId)),
    );
  });
}

async function wait(channel, message) {
  listen(channel);
  const ms = rounded(backoff(attemptOf(message)));
  const queue = `work.delay.${ms}`;
  do await declare(channel, queue, ms);
  while (!(await publish(channel, queue, message)));
}

run(honest({ failed: wait }));
