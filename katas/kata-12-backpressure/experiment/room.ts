import { fullMs } from '../contract.js';
import { askForAll } from './ask.js';
import { Stand, type Surroundings } from './stand.js';

/** Nothing waits, and as many come at once as may wait: there is a place for each, and work for all. */
export async function fillTheRoom(around: Surroundings): Promise<void> {
  const { limits, producers } = around;
  const stand = await Stand.open(around, 'room');
  // First: of a time without pulses nobody knows how late this machine was.
  await stand.oneByOne([producers.pulse('room')]);
  const beating = stand.pulse(fullMs(limits));
  await stand.burst(limits.limit);
  // Of these some cannot be done yet, and what is said of them now is not what is said at the end.
  const last = producers.idsOf('room').slice(-2);
  if (limits.way === 'http') await stand.oneByOne(last.map((id) => producers.ask('room', id)));
  await Promise.all([stand.settled(), beating]);
  await askForAll(around, stand, 'room');
  await stand.close();
}
