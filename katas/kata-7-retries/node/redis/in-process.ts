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
      for (let attempt = 1; !(await charge(id)); attempt += 1) {
        if (attempt === attempts) return givenUp(attempts);
        try {
          await sleep(backoff(attempt), undefined, { signal: stopping });
        } catch {
          return 'requeue';
        }
      }
      return 'ack';
    },
  };
}
