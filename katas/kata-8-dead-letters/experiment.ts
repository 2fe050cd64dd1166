import type { Lab, OptionValues } from '../../src/kata/index.js';
import { deadLetters, work, type options } from './contract.js';
import { deploy, flood, restart } from './experiment/acts.js';
import { openScene } from './experiment/scene.js';

/** Act after act, for as long as everything comes to its end in each. */
export async function experiment(
  lab: Lab,
  { messages, prefetch, restart: how, broker }: OptionValues<typeof options>,
): Promise<void> {
  const scene = await openScene(lab, broker);
  let worker = await scene.start();
  if ((await lab.act('poison-flood', () => flood(scene, messages))) ?? true) {
    const next = await lab.act('worker-replaced', () => deploy(scene, worker));
    worker = next?.worker ?? worker;
    if (next?.goesOn ?? true)
      await lab.act('broker-restarted', () => restart(scene, how, prefetch));
  }
  await worker.stop();
  await scene.queue.drain(work);
  await scene.queue.drain(deadLetters);
}
