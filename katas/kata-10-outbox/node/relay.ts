import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../../kit/node/log.js';
import type { Turn } from './outbox.js';

/** Between two looks at an outbox with nothing in it. */
const idleMs = 20;
/** After a turn that failed: broker or database are away. */
const brokenMs = 100;

/** Turns until it is stopped; a turn that fails is made again. @returns the function that stops it */
export function keepRelaying(turn: Turn): () => Promise<void> {
  const stopping = new AbortController();
  const over = loop(turn, stopping.signal);
  return async () => {
    stopping.abort();
    await over;
  };
}

async function loop(turn: Turn, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const waitMs = await turn().then(
      (published) => (published > 0 ? 0 : idleMs),
      (error: unknown) => {
        log('will publish later:', error);
        return brokenMs;
      },
    );
    if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}
