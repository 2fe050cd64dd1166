import { askForAll } from './ask.js';
import { Stand, type Surroundings } from './stand.js';

/** Nothing waits, and as many come at once as may wait: there is a place for each. */
export async function fillTheRoom(around: Surroundings): Promise<void> {
  const stand = await Stand.open(around, 'room');
  await stand.burst(around.limits.limit);
  await stand.settled();
  await askForAll(around, stand, 'room');
  await stand.close();
}
