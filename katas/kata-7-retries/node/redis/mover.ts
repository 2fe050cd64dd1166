import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from '../../../kit/node/redis.js';
import { log } from '../../../kit/node/log.js';

/** Takes back what is due. */
export type Move = (client: Redis) => Promise<void>;

/** How late a message may be, at most. */
const everyMs = 10;
const afterErrorMs = 100;

/** Looks again and again; two workers that do so do not get in each other's way. */
export function keepMoving(client: Redis, move: Move): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const ended = (async () => {
    while (!stopping.signal.aborted) {
      const pauseMs = await move(client).then(
        () => everyMs,
        (error: unknown) => {
          log('moving what is due does not work:', error);
          return afterErrorMs;
        },
      );
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await ended;
      client.destroy();
    },
  };
}
