import type { BrokerKind, Lab } from '../../src/kata/index.js';
import { failed, work, type Amounts } from './contract.js';
import { play } from './experiment/play.js';
import { Scene } from './experiment/scene.js';

interface Options extends Amounts {
  readonly broker: BrokerKind;
}

export async function experiment(lab: Lab, options: Options): Promise<void> {
  const queue = await lab.workQueue(options.broker);
  await queue.declare(work, { consumed: true });
  await queue.declare(failed);
  const scene = new Scene(lab, options);
  const upstream = await scene.open();
  const program = await lab.start({ ...queue.through, upstream });
  await play(lab, queue, scene, options);
  await program.stop();
  await queue.drain(work);
  await queue.drain(failed);
}
