import { askForAll } from './ask.js';
import { Stand, type Surroundings } from './stand.js';

/** Nothing waits, and as many come at once as may wait: there is a place for each. */
export async function fillTheRoom(around: Surroundings): Promise<void> {
  const { limits, producers } = around;
  const stand = await Stand.open(around, 'room');
  await stand.burst(limits.limit);
  // Of these some cannot be done yet, and what is said of them now is not what is said at the end.
  const last = producers.idsOf('room').slice(-2);
  if (limits.way === 'http') await stand.oneByOne(last.map((id) => producers.ask('room', id)));
  await stand.settled();
  await askForAll(around, stand, 'room');
  await stand.close();
}
