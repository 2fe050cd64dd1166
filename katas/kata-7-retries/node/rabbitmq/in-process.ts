import { setTimeout as sleep } from 'node:timers/promises';
import { giveUp } from './publish.js';
import type { Way } from './work.js';

/**
 * The worker itself waits, with the message in hand. Simple, and nothing is lost when it dies: what
 * was not acknowledged is delivered again. But its hands are as many as its prefetch: so many
 * messages that wait keep all others from being touched.
 */
export const inProcess: Way =
  ({ charge, backoff, attempts, stopping }) =>
  async (message, channel) => {
    const id = String(message.properties.messageId);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await charge(id);
      if (outcome === 'charged') return 'ack';
      if (outcome === 'refused' || attempt === attempts) {
        await giveUp(channel, message, attempt);
        return 'ack';
      }
      try {
        await sleep(backoff(attempt), undefined, { signal: stopping });
      } catch {
        return 'release';
      }
    }
  };
