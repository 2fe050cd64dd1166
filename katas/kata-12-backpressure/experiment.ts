import type { Lab } from '../../src/kata/index.js';
import { policyOf, type Limits } from './contract.js';
import { playOverload } from './experiment/overload.js';
import { Producers } from './experiment/producers.js';
import { seePlaces } from './experiment/places.js';
import { comeBack } from './experiment/retry.js';
import { fillTheRoom } from './experiment/room.js';
import { hurry } from './experiment/short.js';
import { shutDown } from './experiment/shutdown.js';

/** The overload compares all strategies; the rest is asked of those that have a limit. */
export async function experiment(lab: Lab, limits: Limits): Promise<void> {
  const around = { lab, limits, producers: new Producers() };
  const policy = policyOf(lab.strategy, limits);
  await lab.act('overload', () => playOverload(around));
  if (policy === 'unbounded') return;
  await lab.act('room', () => fillTheRoom(around));
  await lab.act('places', () => seePlaces(around));
  if (limits.way === 'http') await lab.act('short', () => hurry(around));
  // A broker says no without saying when to come back, and what drops refuses nobody.
  if (limits.way === 'http' && policy !== 'drop-oldest')
    await lab.act('retry-after', () => comeBack(around));
  await lab.act('shutdown', () => shutDown(around));
}
