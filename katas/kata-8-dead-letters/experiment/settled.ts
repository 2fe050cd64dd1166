import { deadLetters, isPoison, work } from '../contract.js';
import type { Scene } from './scene.js';

/** A message that was called so often is in a loop; more would show nothing more. */
const loopAfter = 100;
/** No call and no dead letter for so long: nothing more comes. Three times what the brief allows. */
export const quietMs = 3_000;
/** And after a break, until the worker has connected again, or has taken over what another had. */
export const comesBackWithinMs = 8_000;
/** However slowly it goes on. */
const longestMs = 60_000;

/**
 * Waits until every message has come to its end: shipped, or among the dead letters.
 * @returns false where one loops, or where nothing moves any more
 */
export async function settled(scene: Scene, firstWithinMs = quietMs): Promise<boolean> {
  const { lab, queue, warehouse, cast } = scene;
  const poison = cast.filter(isPoison).length;
  const wanted = cast.filter((one) => !isPoison(one));
  let moves: number | undefined;
  let until = performance.now() + firstWithinMs;
  const end = await lab.until(
    'every message is shipped or a dead letter',
    async () => {
      if (warehouse.mostCalls >= loopAfter) return 'loops';
      const dead = await queue.waiting(deadLetters);
      const isShipped = wanted.every((one) => warehouse.hasShipped(one));
      if (isShipped && dead >= poison && (await queue.waiting(work)) === 0) return 'settled';
      const now = performance.now();
      if (moves !== undefined && warehouse.calls + dead !== moves) until = now + quietMs;
      moves = warehouse.calls + dead;
      return now > until && 'quiet';
    },
    longestMs,
  );
  if (end !== 'settled') return false;
  // Shipped is not acknowledged yet, and a broker that is back may still have some to deliver again.
  return queue.kind === 'rabbitmq' ? lab.broker.settled([work], quietMs) : true;
}
