import type { Program, Tap } from '../../../src/kata/index.js';
import type { Kind } from '../contract.js';
import type { Cut, Killed } from '../notes.js';
import type { Scene } from './scene.js';
import { comesBackWithinMs, settled } from './settled.js';

const inHandWithinMs = 2_000;
const comesAgainWithinMs = 2_500;
/** Nothing was handed out for so long: a second connection would have got its share by now. */
const stillMs = 300;
const stillWithinMs = 1_500;
const mostInHand = 100;
const behindTheDead: readonly Kind[] = ['good', 'refused', 'good', 'good'];

/**
 * The connection breaks while the warehouse has the calls, and as many more wait. All of it comes
 * again before any call is answered: what is not done yet is no copy of something, and whoever
 * connects again takes no more than before.
 */
export async function cut(scene: Scene, tap: Tap, prefetch: number): Promise<boolean> {
  const { lab } = scene;
  const held = await inHand(scene, prefetch, goodOnes(prefetch));
  const ids = tap.unacked.map(({ id }) => id);
  const before = tap.deliveries.length;
  tap.cut('rst');
  lab.note('cut', { inHand: ids } satisfies Cut);
  await lab.until(
    'what was in hand comes again',
    () => {
      const again = new Set(tap.deliveries.slice(before).map(({ id }) => id));
      return ids.every((id) => again.has(id));
    },
    comesAgainWithinMs,
  );
  await untilStill(scene, tap);
  held.release();
  return settled(scene, comesBackWithinMs);
}

/**
 * Nobody sees what passes between a worker and Redis: so it is killed, and what it had acknowledged
 * by then without having done it is gone.
 */
export async function killWorker(
  scene: Scene,
  worker: Program,
  prefetch: number,
): Promise<{ worker: Program; goesOn: boolean }> {
  const { lab } = scene;
  const held = await inHand(scene, prefetch, behindTheDead);
  lab.note('killed', { inHand: held.ids } satisfies Killed);
  await worker.kill();
  held.drop();
  const next = await scene.start();
  return { worker: next, goesOn: await settled(scene, comesBackWithinMs) };
}

/** As many as the worker takes at once are with the warehouse, and others wait behind them. */
async function inHand(scene: Scene, prefetch: number, behind: readonly Kind[]) {
  const { lab, warehouse } = scene;
  const made = scene.make([...goodOnes(prefetch), ...behind]);
  const held = warehouse.hold(made, 'all');
  await scene.publish(made);
  const wanted = Math.min(prefetch, mostInHand);
  await lab.until('the worker has its hands full', () => held.count >= wanted, inHandWithinMs);
  const ids = made.filter((one) => warehouse.isAsked(one)).map(({ id }) => id);
  return { ids, release: () => held.release(), drop: () => held.drop() };
}

function goodOnes(prefetch: number): Kind[] {
  return Array.from({ length: Math.min(prefetch, mostInHand) }, (): Kind => 'good');
}

async function untilStill({ lab }: Scene, tap: Tap): Promise<void> {
  let [count, since] = [-1, 0];
  await lab.until(
    'nothing more is handed out',
    () => {
      const now = performance.now();
      if (tap.deliveries.length !== count) [count, since] = [tap.deliveries.length, now];
      return now - since >= stillMs;
    },
    stillWithinMs,
  );
}
