// What is held back, and for how long, is the fault itself.
// eslint-disable-next-line no-restricted-imports
import { setTimeout as sleep } from 'node:timers/promises';
import {
  confirmOnTheWire,
  type Lab,
  type Upstream,
  type WorkQueue,
} from '../../../src/kata/index.js';
import { work, type Limits } from '../contract.js';
import type { EndNote, HeldNote } from '../notes.js';
import type { Scene } from './scene.js';

const heldMs = 700;
const doneWithinMs = 15_000;
/** Beyond the first wait: where there were two, the second has come as well. */
const restMs = 200;

export interface Parts {
  readonly queue: WorkQueue;
  readonly scene: Scene;
  readonly upstream: Upstream;
}

/**
 * A confirm that is late is no confirm that is lost: whoever publishes again has the message twice.
 * In a program of its own, so that the way of all others has no proxy in it.
 */
export async function slowConfirms(
  lab: Lab,
  { queue, scene, upstream }: Parts,
  limits: Limits,
): Promise<EndNote['why']> {
  const proxy = await lab.proxy(queue.through.broker);
  const program = await lab.start({ broker: proxy, upstream });
  const hold = proxy.hold('to-client', { pattern: confirmOnTheWire });
  await queue.publish(work, scene.late());
  await lab.until(
    'a confirm that is held back, or nothing to confirm',
    () => hold.held > 0 || scene.isOver,
    doneWithinMs,
  );
  const reached = hold.held > 0;
  if (reached) await sleep(heldMs, undefined, { signal: lab.signal });
  hold.release();
  const nothingToConfirm = !reached && scene.isOver;
  lab.note('confirms-held', { forMs: heldMs, reached, nothingToConfirm } satisfies HeldNote);
  const isDone = await lab.until(
    'the messages whose confirm was late',
    () => scene.isOver || undefined,
    doneWithinMs,
  );
  await sleep(limits.baseMs + restMs, undefined, { signal: lab.signal });
  await program.stop();
  return isDone ? 'over' : 'limit';
}
