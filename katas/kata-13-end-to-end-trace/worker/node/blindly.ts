import type pg from 'pg';
import { messages, work } from '../../../kit/node/telemetry/metrics.js';
import type { Message } from './main.js';
import { store } from './orders.js';

/** Does the work, and says that it did some. @returns a function that says whether it succeeded */
export function blindly(pool: pg.Pool) {
  return async ({ order }: Message): Promise<boolean> => {
    const end = work.startTimer();
    const outcome = await store(pool, order, null).then(
      () => 'ok',
      () => 'error',
    );
    end({ outcome });
    messages.inc({ outcome });
    process.stdout.write(outcome === 'ok' ? 'INFO stored\n' : 'ERROR something went wrong\n');
    return outcome === 'ok';
  };
}
