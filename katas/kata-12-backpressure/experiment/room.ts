import { fullMs, limitsIn, policyOf, type Limits } from '../contract.js';
import { askForAll } from './ask.js';
import { Stand, type Surroundings } from './stand.js';

/** So much longer may it all take on a slow machine; what comes later still nobody judges. */
const slowMs = 1_000;

/** Nothing waits, and as many come at once as may wait: there is a place for each, and work for all. */
export async function fillTheRoom(around: Surroundings): Promise<void> {
  const { limits, producers } = around;
  const stand = await Stand.open(around, 'room');
  // First: of a time without pulses nobody knows how late this machine was.
  await stand.oneByOne([producers.pulse('room')]);
  // In one load: a second one would open its connections just as a worker looks for its next job.
  await Promise.all([stand.pulse(fullMs(limitsIn('room', limits)) + slowMs), play(around, stand)]);
  await askForAll(around, stand, 'room');
  await stand.close();
}

async function play({ lab, limits, producers }: Surroundings, stand: Stand): Promise<void> {
  await stand.burst(limits.limit);
  // Of these some cannot be done yet, and what is said of them now is not what is said at the end.
  const last = producers.idsOf('room').slice(-2);
  if (policyOf(lab.strategy, limits) === 'drop-oldest') await oneTooMany(limits, stand);
  else if (limits.way === 'http') await stand.oneByOne(last.map((id) => producers.ask('room', id)));
  await stand.settled();
}

/** So that one has to go, and no other. */
async function oneTooMany({ workers }: Limits, stand: Stand): Promise<void> {
  await stand.called(workers);
  await stand.burst(workers + 1, 'crowd');
}
