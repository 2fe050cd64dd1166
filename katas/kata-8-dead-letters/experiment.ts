import type { Lab, OptionValues } from '../../src/kata/index.js';
import { deadLetters, work, type options } from './contract.js';
import { flood, restart } from './experiment/acts.js';
import { cut, killWorker } from './experiment/breaks.js';
import { deploy } from './experiment/deploy.js';
import { openScene } from './experiment/scene.js';

/** Act after act, for as long as everything comes to its end in each. */
export async function experiment(
  lab: Lab,
  { messages, prefetch, restart: how, broker }: OptionValues<typeof options>,
): Promise<void> {
  const scene = await openScene(lab, broker);
  const { tap } = scene;
  let worker = await scene.start();
  type Replacing = () => Promise<{ worker: typeof worker; goesOn: boolean }>;
  const replacing = async (act: string, play: Replacing): Promise<boolean> => {
    const next = await lab.act(act, play);
    worker = next?.worker ?? worker;
    return next?.goesOn ?? true;
  };
  const acts = [
    () => lab.act('poison-flood', () => flood(scene, messages)),
    () => replacing('worker-replaced', () => deploy(scene, worker, prefetch)),
    // What a broker hands out and takes back is seen on the wire alone.
    () =>
      tap
        ? lab.act('connection-cut', () => cut(scene, tap, prefetch))
        : replacing('worker-killed', () => killWorker(scene, worker, prefetch)),
    () => lab.act('broker-restarted', () => restart(scene, how, prefetch)),
  ];
  for (const play of acts) if ((await play()) === false) break;
  await worker.stop();
  await scene.queue.drain(work);
  await scene.queue.drain(deadLetters);
}
