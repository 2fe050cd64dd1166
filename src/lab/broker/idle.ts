import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueDepth } from '../../kata/broker.js';
import type { RunningTap } from './tap.js';

const betweenLooksMs = 20;

interface Looks {
  readonly taps: readonly RunningTap[];
  /** Queues that the lab consumes itself, once for each consumer. */
  readonly observed: readonly string[];
  readonly depth: (queue: string) => Promise<QueueDepth>;
  readonly signal: AbortSignal;
}

/**
 * A client cannot ask a broker what is unacknowledged. It is empty queues, nothing held at a tap,
 * and no consumer at the broker whose connection is gone: the broker takes a lost consumer away
 * and puts back what it held in one step. Twice in a row, with nothing said in between.
 */
export async function untilIdle(
  queues: readonly string[],
  limitMs: number,
  looks: Looks,
): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  let before: number | undefined;
  do {
    const moves = movesOf(looks);
    const idle = await isIdle(queues, looks);
    if (idle && moves === before && moves === movesOf(looks)) return true;
    before = idle ? moves : undefined;
    await sleep(betweenLooksMs, undefined, { signal: looks.signal });
  } while (performance.now() < deadline);
  return false;
}

function movesOf({ taps }: Looks): number {
  return taps.reduce((sum, tap) => sum + tap.moves, 0);
}

async function isIdle(
  queues: readonly string[],
  { taps, observed, depth }: Looks,
): Promise<boolean> {
  if (taps.some((tap) => tap.unacked.length > 0)) return false;
  const depths = await Promise.all(
    queues.map(async (queue) => ({ queue, ...(await depth(queue)) })),
  );
  return depths.every(({ queue, ready, consumers }) => {
    if (ready > 0) return false;
    const known = taps.reduce((sum, tap) => sum + tap.consumers(queue), 0);
    const ours = observed.filter((name) => name === queue).length;
    return taps.length === 0 || consumers <= known + ours;
  });
}
