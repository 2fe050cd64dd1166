import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from '../plan.js';
import { givenUp, type Way } from './work.js';

/**
 * The worker itself waits, with the message in hand: it stays pending in the group, so it is not
 * lost when the worker dies. But its hands are few, and all others wait with it.
 */
export function inProcess({ charge, backoff, attempts, stopping }: Plan): Way {
  return {
    async handle({ id }) {
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await charge(id);
        if (outcome === 'charged') return 'ack';
        if (outcome === 'refused' || attempt === attempts) return givenUp(attempt);
        try {
          await sleep(backoff(attempt), undefined, { signal: stopping });
        } catch {
          return 'requeue';
        }
      }
    },
  };
}
