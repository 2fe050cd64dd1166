import { dropped, policyOf, type Scene } from '../contract.js';
import type { Stand, Surroundings } from './stand.js';

/** What became of each job: the program tells, or the broker's dead letters do. */
export async function askForAll(
  { lab, limits, producers }: Surroundings,
  stand: Stand,
  scene: Scene,
): Promise<void> {
  if (limits.way === 'http')
    await stand.oneByOne(producers.idsOf(scene).map((id) => producers.ask(scene, id)));
  else if (policyOf(lab.strategy, limits) === 'drop-oldest') await lab.broker.drain(dropped);
}
