import type { Program } from '../../../src/kata/index.js';
import { work, type Cast, type Kind } from '../contract.js';
import type { Replaced } from '../notes.js';
import type { Scene } from './scene.js';
import { comesBackWithinMs, quietMs, settled } from './settled.js';

const reachedWithinMs = 5_000;
const inHandWithinMs = 1_000;
const stopsTakingWithinMs = 1_500;
/** So many more at most, whatever the worker may take at once. */
const mostBeside = 20;
/** Waiting while the worker stops; whoever goes on taking messages has some of them. */
const behind = 3;

/**
 * A new version goes out in the middle of a message's attempts: the second is under way as the
 * worker is told to stop, the third falls to its successor. What only memory knew is gone, and what
 * else was in hand is to be finished.
 */
export async function deploy(
  scene: Scene,
  worker: Program,
  prefetch: number,
): Promise<{ worker: Program; goesOn: boolean }> {
  const { lab, tap, warehouse } = scene;
  const made = scene.make(['refused']);
  const held = warehouse.hold(made, 2);
  await scene.publish(made);
  await lab.until('a second attempt is under way', () => held.count > 0, reachedWithinMs);
  const others = await fillItsHands(scene, prefetch);
  const stopping = worker.stop();
  const stillTaking = await takesMore(scene);
  const ids = made.map(({ id }) => id);
  lab.note('replaced', { ids, underWay: held.count, stillTaking } satisfies Replaced);
  for (const one of [held, others]) one.release();
  await stopping;
  const next = await scene.start();
  // Of a stream somebody has to take over what its predecessor held.
  const goesOn = await settled(scene, tap ? quietMs : comesBackWithinMs);
  return { worker: next, goesOn };
}

/**
 * Either its hands are full or nothing waits: so no delivery crosses with the worker's goodbye, which
 * a broker that counts would count.
 */
async function fillItsHands(scene: Scene, prefetch: number) {
  const { lab, tap, warehouse } = scene;
  const beside = Math.min(prefetch - 1, mostBeside);
  const isFull = beside === prefetch - 1;
  const good = Array.from({ length: beside + (isFull ? behind : 0) }, (): Kind => 'good');
  const others: readonly Cast[] = scene.make(good);
  const held = warehouse.hold(others, 1);
  await scene.publish(others);
  await lab.until(
    'it has its hands full',
    () => held.count >= beside && (!tap || tap.unacked.length > beside),
    inHandWithinMs,
  );
  return held;
}

/**
 * Whoever is still taking messages would make the third attempt itself. A read of a stream that
 * waits may well get the next entry: then it gets another one, and has ended.
 */
async function takesMore(scene: Scene): Promise<boolean> {
  const { lab, queue } = scene;
  const isDone = async (): Promise<boolean> => (await queue.takers(work)) === 0;
  const what = 'the worker takes no more messages';
  const isRabbit = queue.kind === 'rabbitmq';
  if (await lab.until(what, isDone, isRabbit ? stopsTakingWithinMs : readEndsWithinMs))
    return false;
  if (isRabbit) return true;
  await scene.publish(scene.make(['good']));
  return !(await lab.until(what, isDone, readEndsWithinMs));
}

const readEndsWithinMs = 600;
