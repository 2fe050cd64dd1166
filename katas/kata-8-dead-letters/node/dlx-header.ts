import type { Strategy } from './failure.js';
import { publishConfirmed } from './publish.js';

const attempts = 3;

/**
 * The number of attempts travels with the message, so that whoever comes next knows it: a copy with
 * the header one higher goes to the end of the queue, and after the last attempt to the dead
 * letters, with the reason. The original is acknowledged once the broker has confirmed the copy;
 * whoever crashes in between leaves two copies, and never none. Redis does both in one step.
 */
export const dlxHeader: Strategy = {
  async onRabbitmq({ message, channel, reason }) {
    const { queue, headers } = next(message.properties.headers?.['x-attempts'], reason);
    await publishConfirmed(channel, queue, message, headers);
    return 'ack' as const;
  },
  onRedis(message, reason) {
    const { queue, headers } = next(message.headers['x-attempts'], reason);
    return { moveTo: queue, headers };
  },
};

/** @param before how many attempts there had been, if any */
function next(before: unknown, reason: string) {
  const made = Number(before ?? 0) + 1;
  const headers = { 'x-attempts': String(made) };
  return made < attempts
    ? { queue: 'work', headers }
    : { queue: 'work.dead', headers: { ...headers, 'x-reason': reason } };
}
