import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { log } from '../../../kit/node/log.js';
import type { Bus } from '../../../kit/node/telemetry/bus.js';
import { onThread } from '../../../kit/node/telemetry/messages.js';
import { giveUp, overdue, type Overdue } from './saga.js';

/** Between two looks at orders whose deadline has passed. */
const lookEveryMs = 100;

/** @returns the function that stops it */
export function watchDeadlines(pool: pg.Pool, bus: Bus, deadlineMs: number): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const look = async (): Promise<void> => {
    const { rows } = await pool.query<Overdue>(overdue, [deadlineMs]);
    for (const { headers, ...told } of rows)
      await onThread(headers, told.order, () =>
        bus.within(told.order, (work) => giveUp(work, told)),
      );
  };
  const over = (async () => {
    while (!signal.aborted) {
      await look().catch((error: unknown) => log('will look again:', error));
      await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopping.abort();
    await over;
  };
}
