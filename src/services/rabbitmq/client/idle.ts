import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueDepth } from '../../../kata/broker.js';
import type { RunningTap } from './tap.js';

const betweenLooksMs = 20;
const noticedWithinMs = 5_000;

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

/**
 * The broker may still hold a message for a program that was stopped or killed a moment ago. Waits
 * until it has noticed; not forever, for programs that are behind no tap.
 */
export async function untilNoticed(queue: string, looks: Looks): Promise<void> {
  const deadline = performance.now() + noticedWithinMs;
  while (performance.now() < deadline) {
    const { consumers } = await looks.depth(queue);
    if (looks.taps.length === 0 || consumers <= known(queue, looks)) return;
    await sleep(betweenLooksMs, undefined, { signal: looks.signal });
  }
}

function movesOf({ taps }: Looks): number {
  return taps.reduce((sum, tap) => sum + tap.moves, 0);
}

async function isIdle(queues: readonly string[], looks: Looks): Promise<boolean> {
  const { taps, depth } = looks;
  if (taps.some((tap) => tap.unacked.length > 0)) return false;
  const depths = await Promise.all(
    queues.map(async (queue) => ({ queue, ...(await depth(queue)) })),
  );
  return depths.every(
    ({ queue, ready, consumers }) =>
      ready === 0 && (taps.length === 0 || consumers <= known(queue, looks)),
  );
}

/** Consumers whose connection is there. */
function known(queue: string, { taps, observed }: Looks): number {
  const ours = observed.filter((name) => name === queue).length;
  return taps.reduce((sum, tap) => sum + tap.consumers(queue), ours);
}
