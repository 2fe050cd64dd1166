import type { OnFailure } from './failure.js';
import { publishConfirmed } from './publish.js';

const attempts = 3;

/**
 * The number of attempts travels with the message, so that whoever comes next knows it: a copy with
 * the header one higher goes to the end of the queue, and after the last attempt to the dead
 * letters, with the reason. The original is acknowledged once the broker has confirmed the copy;
 * whoever crashes in between leaves two copies, and never none.
 */
export const dlxHeader: OnFailure = async ({ message, channel, reason }) => {
  const made = Number(message.properties.headers?.['x-attempts'] ?? 0) + 1;
  if (made < attempts) await publishConfirmed(channel, 'work', message, { 'x-attempts': made });
  else
    await publishConfirmed(channel, 'work.dead', message, {
      'x-attempts': made,
      'x-reason': reason,
    });
  return 'ack' as const;
};
