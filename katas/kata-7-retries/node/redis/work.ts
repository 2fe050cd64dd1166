import {
  connectPatiently,
  startWorker,
  type Handle,
  type Verdict,
  type Worker,
} from '../../../kit/node/redis.js';
import type { Plan, Wait, Work } from '../plan.js';
import { delaySet } from './delay-set.js';
import { inProcess } from './in-process.js';
import { oneDelayStream } from './one-delay-stream.js';
import { keepMoving, type Move } from './mover.js';

/** `move` takes what is due back to `work`: Redis does nothing by itself. */
export interface Way {
  readonly handle: Handle;
  readonly move?: Move;
}

const ways: Record<Wait, (plan: Plan) => Way> = {
  'in-process': inProcess,
  'delay-queues': delaySet,
  'one-delay-queue': oneDelayStream,
};

export async function workOnRedis(url: string, { plan, wait, prefetch }: Work): Promise<Worker> {
  const { handle, move } = ways[wait](plan);
  const mover = move && keepMoving(await connectPatiently(url), move);
  const worker = await startWorker({ url, queue: 'work', prefetch, handle });
  return {
    isConsuming: () => worker.isConsuming(),
    async stop() {
      await worker.stop();
      await mover?.stop();
    },
  };
}

/** Given up: somebody will look at it there. Moved and acknowledged in one step. */
export const givenUp = (attempts: number): Verdict => ({
  moveTo: 'work.failed',
  headers: { 'x-attempts': String(attempts) },
});
