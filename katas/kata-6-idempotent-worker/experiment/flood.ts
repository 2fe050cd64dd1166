import type { Program } from '../../../src/kata/index.js';
import { messageOf, queue } from '../contract.js';
import { holdTheAck } from './hold.js';
import { after, type After, type Scene } from './scene.js';

/** Copies that the publisher sent to be sure: some right behind the original, some much later. */
export async function flood(
  scene: Scene,
  worker: Program,
  messages: number,
  percent: number,
): Promise<After> {
  const { lab } = scene;
  const batch = Array.from({ length: messages }, (_, n) => messageOf(String(n + 1), n));
  for (let left = Math.round((messages * percent) / 100); left > 0; left -= 1) {
    const at = lab.random.integer(0, batch.length - 1);
    const copy = batch[at];
    const behind = left % 2 === 0 ? at + 1 : lab.random.integer(at + 1, batch.length);
    if (copy) batch.splice(behind, 0, copy);
  }
  await lab.broker.publish(queue, batch);
  return after(scene, worker);
}

/** The effect is there, its acknowledgement is on the wire, and the wire is cut. */
export async function cutBeforeTheAck(scene: Scene, worker: Program): Promise<After> {
  const hold = await holdTheAck(scene, 'cut', 1);
  hold.cut('rst');
  return after(scene, worker);
}
